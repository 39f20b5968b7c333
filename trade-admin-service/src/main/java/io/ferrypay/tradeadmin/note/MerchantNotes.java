package io.ferrypay.tradeadmin.note;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Every note about a merchant; what is written stays. */
@Service
public class MerchantNotes {

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock clock;

    MerchantNotes(JdbcClient jdbc, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param writtenBy a person of our staff
     */
    public record Note(
            String id, String merchantId, String text, String writtenBy, Instant writtenAt) {

        /** Leaves the text out: it may be about people. */
        @Override
        public String toString() {
            return "Note[" + id + "]";
        }
    }

    /** The audit says that there is a note and whose it is, and not what it says. */
    @Transactional
    public Note write(StaffCaller caller, String merchantId, String text) {
        caller.require("merchants:note");
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var note =
                new Note(
                        "note_" + UlidCreator.getMonotonicUlid(now.toEpochMilli()),
                        merchantId,
                        text,
                        caller.personId(),
                        now);
        jdbc.sql("insert into merchant_note values (?, ?, ?, ?, ?)")
                .params(
                        note.id(),
                        note.merchantId(),
                        note.text(),
                        note.writtenBy(),
                        Timestamp.from(now))
                .update();
        audit.record(
                Who.staff(caller),
                new Audit.Act("merchant.noted", merchantId, null, Map.of("note", note.id()), null));
        return note;
    }

    /**
     * The newest first.
     *
     * @param before only those that were written before that one, null for the first
     */
    public List<Note> of(String merchantId, @Nullable String before, int limit) {
        return jdbc.sql(
                        "select * from merchant_note where merchant_id = ? and id < ?"
                                + " order by id desc limit ?")
                .params(merchantId, before == null ? "note_~" : before, limit)
                .query((row, _) ->
                        new Note(
                                row.getString("id"),
                                row.getString("merchant_id"),
                                row.getString("text"),
                                row.getString("written_by"),
                                row.getTimestamp("written_at").toInstant()))
                .list();
    }
}
