package io.ferrypay.reconcile.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Takes a copy of what we hold of an account's day into the file store. Never inside a transaction.
 */
@Service
public class FreezeRecords {

    private static final int ORDER = 2;
    private static final int AMOUNT = 7;
    private static final int CURRENCY = 8;

    private final RecordSource source;
    private final FileStore files;
    private final JdbcClient jdbc;
    private final LoadSettings settings;
    private final Clock clock;

    FreezeRecords(
            RecordSource source,
            FileStore files,
            JdbcClient jdbc,
            LoadSettings settings,
            Clock clock) {
        this.source = source;
        this.files = files;
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    public boolean isFrozen(String accountId, LocalDate day) {
        return jdbc.sql("select count(*) from record_day where account_id = ? and day = ?")
                        .param(accountId)
                        .param(day)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Takes the place of an older copy if it says something else.
     *
     * @return how many records there are
     * @throws IOException when the source breaks off or the disk fails; then nothing has changed
     */
    public long freeze(String accountId, LocalDate day) throws IOException {
        try (var records = new CompleteRecords(source.open(accountId, day, edge()))) {
            var stored = files.add(records);
            jdbc.sql(
                            """
                            insert into record_day as d
                                   (account_id, day, sha256, bytes, records, version, loaded, frozen_at)
                            values (:account, :day, :sha256, :bytes, :records, 1, false, :now)
                            on conflict on constraint an_account_has_one_copy_a_day do update
                               set sha256 = excluded.sha256, bytes = excluded.bytes, records = excluded.records,
                                   version = d.version + 1, loaded = false, frozen_at = excluded.frozen_at
                             where d.sha256 <> excluded.sha256
                            """)
                    .param("account", accountId)
                    .param("day", day)
                    .param("sha256", stored.sha256())
                    .param("bytes", stored.bytes())
                    .param("records", records.records())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            return records.records();
        }
    }

    /**
     * The amount of a payment, as the frozen file has it. Reads the file up to there.
     *
     * @return in minor units of {@code currency}; empty if no such payment is in it
     * @throws UncheckedIOException when the stored file cannot be read
     */
    public OptionalLong amount(
            String accountId, LocalDate day, String orderNumber, String currency) {
        var sha256 =
                jdbc.sql("select sha256 from record_day where account_id = ? and day = ?")
                        .params(accountId, day)
                        .query(String.class)
                        .optional();
        if (sha256.isEmpty()) {
            return OptionalLong.empty();
        }
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(files.open(sha256.get()), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("payment\t") && line.contains("\t" + orderNumber + "\t")) {
                    var columns = line.split("\t", -1);
                    if (columns[ORDER].equals(orderNumber) && columns[CURRENCY].equals(currency)) {
                        return OptionalLong.of(Long.parseLong(columns[AMOUNT]));
                    }
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Duration edge() {
        return settings.edge();
    }
}
