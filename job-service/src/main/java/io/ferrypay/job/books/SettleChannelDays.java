package io.ferrypay.job.books;

import io.ferrypay.job.payment.JobOrders;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Makes available what is due to merchants. */
@DisallowConcurrentExecution
class SettleChannelDays implements Job {
    static final String NAME = "SettleChannelDays";

    private final JobOrders orders;
    private final TradeAdminJobs tradeAdmin;

    SettleChannelDays(JobOrders orders, TradeAdminJobs tradeAdmin) {
        this.orders = orders;
        this.tradeAdmin = tradeAdmin;
    }

    @Override
    public void execute(JobExecutionContext context) {
        orders.run(NAME, tradeAdmin::settleChannelDays);
    }
}
