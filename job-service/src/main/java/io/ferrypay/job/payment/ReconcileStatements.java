package io.ferrypay.job.payment;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Has the channels' statements fetched and compared. */
@DisallowConcurrentExecution
class ReconcileStatements implements Job {
    static final String NAME = "ReconcileStatements";

    private final JobOrders orders;
    private final ReconcileJobs reconcile;

    ReconcileStatements(JobOrders orders, ReconcileJobs reconcile) {
        this.orders = orders;
        this.reconcile = reconcile;
    }

    @Override
    public void execute(JobExecutionContext context) {
        orders.run(NAME, reconcile::reconcileStatements);
    }
}
