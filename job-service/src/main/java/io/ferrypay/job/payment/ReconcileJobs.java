package io.ferrypay.job.payment;

import io.ferrypay.job.payment.PaymentChannelJobs.Batch;
import io.ferrypay.job.payment.PaymentChannelJobs.Progress;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** What can be ordered from reconcile-service. */
@HttpExchange("/internal/jobs")
interface ReconcileJobs {

    /** Fetches and compares statements that are due; what is examined are days of accounts. */
    @PostExchange("/reconcile-statements")
    Progress reconcileStatements(@RequestBody Batch batch);
}
