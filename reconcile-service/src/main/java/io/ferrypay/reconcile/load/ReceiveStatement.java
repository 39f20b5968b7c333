package io.ferrypay.reconcile.load;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.reconcile.convert.StatementFormat;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Keeps what a channel gave for a day, or that it gave nothing. Safe to repeat: the same file again
 * changes nothing, another one takes the place of the first as a new version. A file that people
 * hand in does not take the place of one that we had from the channel, unless that cannot be read.
 */
@Service
public class ReceiveStatement {

    /** The Chinese calendar has had no daylight saving since 1991. */
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private static final ProblemCode NOT_OVER =
            ProblemCode.of("day_not_over", 409, "That day is not over in Beijing");
    private static final ProblemCode DOWNLOADED =
            ProblemCode.of(
                    "statement_downloaded", 409, "There is one that we had from the channel");

    private final FileStore files;
    private final JdbcClient jdbc;
    private final Clock clock;

    ReceiveStatement(FileStore files, JdbcClient jdbc, Clock clock) {
        this.files = files;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What we had from the channel ourselves.
     *
     * @param said the SHA-256 that the bytes must have, lower-case hex
     * @param verified whether the channel vouched for exactly these bytes
     * @return {@link StatementState#BAD_HASH} if they have another; that does not undo a good file
     *     of before. {@link StatementState#CONVERTED} or {@link StatementState#REFUSED} if the same
     *     file was already read.
     * @throws IOException when the stream or the disk fails; then nothing has changed
     * @throws ApiException {@code day_not_over} before the day's end in Beijing
     */
    public StatementState file(
            String accountId,
            LocalDate day,
            StatementFormat format,
            String said,
            boolean verified,
            InputStream content)
            throws IOException {
        return keep(accountId, day, format, said, verified, null, content);
    }

    /**
     * What came another way. Its day is not closed before somebody confirms it.
     *
     * @param said as of {@link #file}
     * @param who handed it in, such as {@code per_…}
     * @return as of {@link #file}
     * @throws IOException when the stream or the disk fails; then nothing has changed
     * @throws ApiException {@code day_not_over} before the day's end in Beijing, {@code
     *     statement_downloaded} where other bytes came from the channel and can be read
     */
    public StatementState handedIn(
            String accountId,
            LocalDate day,
            StatementFormat format,
            String said,
            String who,
            InputStream content)
            throws IOException {
        return keep(accountId, day, format, said, false, who, content);
    }

    private StatementState keep(
            String accountId,
            LocalDate day,
            StatementFormat format,
            String said,
            boolean verified,
            @Nullable String handedInBy,
            InputStream content)
            throws IOException {
        if (!day.isBefore(clock.instant().atOffset(BEIJING).toLocalDate())) {
            throw ApiException.of(NOT_OVER);
        }
        var kept = files.addIf(said, content);
        if (kept.isEmpty()) {
            without(accountId, day, StatementState.BAD_HASH);
            return StatementState.BAD_HASH;
        }
        var stored = kept.get();
        jdbc.sql(
                        """
                        insert into statement_day as d
                               (account_id, day, state, format, sha256, bytes, verified, handed_in, handed_in_by, version,
                                changed_at)
                        values (:account, :day, 'downloaded', :format, :sha256, :bytes, :verified,
                                :handedInBy::text is not null, :handedInBy, 1, :now)
                        on conflict on constraint an_account_has_one_statement_a_day do update
                           set state = 'downloaded', format = excluded.format, sha256 = excluded.sha256,
                               bytes = excluded.bytes, verified = excluded.verified,
                               handed_in = excluded.handed_in, handed_in_by = excluded.handed_in_by,
                               confirmed_by = null, version = d.version + 1,
                               bill_lines = null, bad_lines = null, aside_lines = null,
                               refused_reason = null, changed_at = excluded.changed_at
                         where (d.sha256 is distinct from excluded.sha256 or d.format is distinct from excluded.format
                                or d.handed_in and not excluded.handed_in)
                           and (not excluded.handed_in or d.handed_in or d.sha256 is null or d.state = 'refused')
                        """)
                .param("account", accountId)
                .param("day", day)
                .param("format", format.wireName())
                .param("sha256", stored.sha256())
                .param("bytes", stored.bytes())
                .param("verified", verified)
                .param("handedInBy", handedInBy)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return stateOf(accountId, day, stored.sha256(), format);
    }

    /**
     * The channel gave no file, for that reason. It takes the place of another such answer, never
     * of a file.
     */
    public void nothing(String accountId, LocalDate day, StatementState why) {
        switch (why) {
            case NOT_DUE, NOT_READY, EMPTY_DAY -> without(accountId, day, why);
            case DOWNLOADED, BAD_HASH, CONVERTED, REFUSED, COMPARED, CLOSED ->
                    throw new IllegalArgumentException(why + " needs a file");
        }
    }

    /** What the channel gave does not fit the channel's own mark. It does not undo a good file. */
    public StatementState forged(String accountId, LocalDate day) {
        without(accountId, day, StatementState.BAD_HASH);
        return StatementState.BAD_HASH;
    }

    private void without(String accountId, LocalDate day, StatementState state) {
        jdbc.sql(
                        """
                        insert into statement_day as d (account_id, day, state, changed_at)
                        values (:account, :day, :state, :now)
                        on conflict on constraint an_account_has_one_statement_a_day do update
                           set state = excluded.state, changed_at = excluded.changed_at
                         where d.sha256 is null and d.state not in (excluded.state, 'compared', 'closed')
                        """)
                .param("account", accountId)
                .param("day", day)
                .param("state", state.stored())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private StatementState stateOf(
            String accountId, LocalDate day, String sha256, StatementFormat format) {
        return jdbc.sql(
                        """
                        select state from statement_day
                         where account_id = ? and day = ? and sha256 = ? and format = ?
                        """)
                .params(accountId, day, sha256, format.wireName())
                .query(String.class)
                .optional()
                .map(StatementState::ofStored)
                .orElseThrow(() -> ApiException.of(DOWNLOADED));
    }
}
