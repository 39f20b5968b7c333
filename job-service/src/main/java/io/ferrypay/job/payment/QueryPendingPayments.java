package io.ferrypay.job.payment;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Asks the channels about payments whose notification may have been lost. */
@DisallowConcurrentExecution
class QueryPendingPayments implements Job {
    static final String NAME = "QueryPendingPayments";

    private final JobOrders orders;
    private final PaymentChannelJobs paymentChannel;

    QueryPendingPayments(JobOrders orders, PaymentChannelJobs paymentChannel) {
        this.orders = orders;
        this.paymentChannel = paymentChannel;
    }

    @Override
    public void execute(JobExecutionContext context) {
        orders.run(NAME, paymentChannel::queryPendingPayments);
    }
}
