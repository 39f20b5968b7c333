package io.ferrypay.paymentchannel.refund.web;

import io.ferrypay.paymentchannel.payment.SweepResult;
import io.ferrypay.paymentchannel.payment.web.Batch;
import io.ferrypay.paymentchannel.refund.AdvanceRefunds;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What job-service orders about refunds when it is time. */
@RestController
@RequestMapping(
        path = "/internal/jobs",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class RefundJobController {

    private final AdvanceRefunds advanceRefunds;

    RefundJobController(AdvanceRefunds advanceRefunds) {
        this.advanceRefunds = advanceRefunds;
    }

    @PostMapping("/advance-refunds")
    SweepResult advanceRefunds(@RequestBody Batch batch) {
        return advanceRefunds.advance(batch.size());
    }
}
