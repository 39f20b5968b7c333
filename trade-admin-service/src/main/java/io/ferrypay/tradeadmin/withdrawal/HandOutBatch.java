package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.Batches.Batch;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Notes who takes a batch to the bank, before it leaves. A bank knows the same file by its message
 * id; the same batch in another form it would pay again, so a second form of live money needs a
 * reason, which the audit shows.
 */
@Service
public class HandOutBatch {

    private final JdbcClient jdbc;
    private final Batches batches;
    private final Audit audit;
    private final Clock clock;

    HandOutBatch(JdbcClient jdbc, Batches batches, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param format {@code pain001} or {@code csv}
     * @throws ApiException {@code other_format_exported} where it left in another form and no
     *     reason is given
     */
    @Transactional
    public Batch handOut(StaffCaller caller, String id, String format, @Nullable String reason) {
        var batch = batches.get(id);
        // Two at once, each in another form: one waits for the other.
        jdbc.sql("select 1 from withdrawal_batch where id = ? for no key update")
                .param(id)
                .query(Integer.class)
                .single();
        var another =
                batch.book() == Book.LIVE
                        && jdbc.sql(
                                                "select count(*) from batch_export"
                                                        + " where batch_id = ? and format <> ?")
                                        .params(id, format)
                                        .query(Long.class)
                                        .single()
                                > 0;
        if (another && reason == null) {
            throw ApiException.of(WithdrawalProblems.OTHER_FORMAT);
        }
        jdbc.sql("insert into batch_export values (?, ?, ?, ?, ?)")
                .param(id)
                .param(format)
                .param(caller.personId())
                .param(Timestamp.from(clock.instant()))
                .param(reason)
                .update();
        audit.record(
                Who.staff(caller),
                new Audit.Act(
                        another
                                ? "withdrawal_batch.exported_in_another_form"
                                : "withdrawal_batch.exported",
                        id,
                        null,
                        Map.of("format", format),
                        reason));
        return batch;
    }
}
