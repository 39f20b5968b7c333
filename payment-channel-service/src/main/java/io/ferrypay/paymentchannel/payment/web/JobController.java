package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.paymentchannel.payment.AskForStatement;
import io.ferrypay.paymentchannel.payment.ExpireUnpaidPayments;
import io.ferrypay.paymentchannel.payment.QueryPendingPayments;
import io.ferrypay.paymentchannel.payment.SweepResult;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/jobs/…}: what job-service orders when it is time. */
@RestController
@RequestMapping(
        path = "/internal/jobs",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class JobController {

    private final QueryPendingPayments queryPendingPayments;
    private final AskForStatement askForStatement;
    private final ExpireUnpaidPayments expireUnpaidPayments;

    JobController(
            QueryPendingPayments queryPendingPayments,
            AskForStatement askForStatement,
            ExpireUnpaidPayments expireUnpaidPayments) {
        this.queryPendingPayments = queryPendingPayments;
        this.askForStatement = askForStatement;
        this.expireUnpaidPayments = expireUnpaidPayments;
    }

    @PostMapping("/query-pending-payments")
    SweepResult queryPendingPayments(@RequestBody Batch batch) {
        var pending = queryPendingPayments.query(batch.size());
        return pending.plus(askForStatement.ask(batch.size()));
    }

    @PostMapping("/expire-unpaid-payments")
    SweepResult expireUnpaidPayments(@RequestBody Batch batch) {
        return expireUnpaidPayments.expire(batch.size());
    }
}
