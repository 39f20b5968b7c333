package io.ferrypay.job.payment;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Ends payments whose time is up, after a last question to the channel. */
@DisallowConcurrentExecution
class ExpireUnpaidPayments implements Job {
    static final String NAME = "ExpireUnpaidPayments";

    private final JobOrders orders;
    private final PaymentChannelJobs paymentChannel;

    ExpireUnpaidPayments(JobOrders orders, PaymentChannelJobs paymentChannel) {
        this.orders = orders;
        this.paymentChannel = paymentChannel;
    }

    @Override
    public void execute(JobExecutionContext context) {
        orders.run(NAME, paymentChannel::expireUnpaidPayments);
    }
}
