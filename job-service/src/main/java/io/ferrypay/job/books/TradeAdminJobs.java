package io.ferrypay.job.books;

import io.ferrypay.job.payment.PaymentChannelJobs.Batch;
import io.ferrypay.job.payment.PaymentChannelJobs.Progress;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What can be ordered from trade-admin-service. */
@HttpExchange("/internal/jobs")
interface TradeAdminJobs {

    /** Makes available what is due; counted are merchants and currencies. */
    @PostExchange("/settle-channel-days")
    Progress settleChannelDays(@RequestBody Batch batch);

    /** Sends what is approved to the bank, after the cut-off; counted are books and currencies. */
    @PostExchange("/cut-withdrawal-batches")
    Progress cutWithdrawalBatches(@RequestBody Batch batch);

    /** Asks for withdrawals that are due by schedule; counted are schedules. */
    @PostExchange("/run-withdrawal-schedules")
    Progress runWithdrawalSchedules(@RequestBody Batch batch);
}
