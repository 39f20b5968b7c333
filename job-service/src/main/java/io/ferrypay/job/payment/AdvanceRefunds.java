package io.ferrypay.job.payment;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Takes refunds further that nobody has asked a channel for, or whose end nobody has told us. */
@DisallowConcurrentExecution
class AdvanceRefunds implements Job {
    static final String NAME = "AdvanceRefunds";

    private final JobOrders orders;
    private final PaymentChannelJobs paymentChannel;

    AdvanceRefunds(JobOrders orders, PaymentChannelJobs paymentChannel) {
        this.orders = orders;
        this.paymentChannel = paymentChannel;
    }

    @Override
    public void execute(JobExecutionContext context) {
        orders.run(NAME, paymentChannel::advanceRefunds);
    }
}
