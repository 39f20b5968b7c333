package io.ferrypay.job.payment;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Has the channels asked for their exchange rates. */
@DisallowConcurrentExecution
class PullFxRates implements Job {
    static final String NAME = "PullFxRates";

    private final JobOrders orders;
    private final PaymentChannelJobs paymentChannel;

    PullFxRates(JobOrders orders, PaymentChannelJobs paymentChannel) {
        this.orders = orders;
        this.paymentChannel = paymentChannel;
    }

    @Override
    public void execute(JobExecutionContext context) {
        orders.run(NAME, paymentChannel::pullFxRates);
    }
}
