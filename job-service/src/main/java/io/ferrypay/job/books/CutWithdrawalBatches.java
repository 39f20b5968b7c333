package io.ferrypay.job.books;

import io.ferrypay.job.payment.JobOrders;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Sends approved withdrawals to the bank. */
@DisallowConcurrentExecution
class CutWithdrawalBatches implements Job {
    static final String NAME = "CutWithdrawalBatches";

    private final JobOrders orders;
    private final TradeAdminJobs tradeAdmin;

    CutWithdrawalBatches(JobOrders orders, TradeAdminJobs tradeAdmin) {
        this.orders = orders;
        this.tradeAdmin = tradeAdmin;
    }

    @Override
    public void execute(JobExecutionContext context) {
        orders.run(NAME, tradeAdmin::cutWithdrawalBatches);
    }
}
