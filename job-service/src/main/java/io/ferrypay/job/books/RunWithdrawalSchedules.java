package io.ferrypay.job.books;

import io.ferrypay.job.payment.JobOrders;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Asks for what merchants want withdrawn again and again. */
@DisallowConcurrentExecution
class RunWithdrawalSchedules implements Job {
    static final String NAME = "RunWithdrawalSchedules";

    private final JobOrders orders;
    private final TradeAdminJobs tradeAdmin;

    RunWithdrawalSchedules(JobOrders orders, TradeAdminJobs tradeAdmin) {
        this.orders = orders;
        this.tradeAdmin = tradeAdmin;
    }

    @Override
    public void execute(JobExecutionContext context) {
        orders.run(NAME, tradeAdmin::runWithdrawalSchedules);
    }
}
