package io.ferrypay.paymentchannel.refund;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Lets a refund that waits go on, or ends it: by a person of the merchant, or by our staff. */
@Service
public class DecideRefund {

    private static final Logger log = LoggerFactory.getLogger(DecideRefund.class);
    private static final ProblemCode OWN_REFUND =
            ProblemCode.of("own_request", 403, "Nobody agrees to what they asked for themselves");
    private static final ProblemCode NOT_WAITING =
            ProblemCode.of("refund_not_waiting", 409, "The refund waits for nobody of yours");
    private static final ProblemCode NOBODY =
            ProblemCode.of("person_required", 403, "Only a person who is signed in may do this");

    private final Refunds refunds;
    private final RefundControl control;
    private final EndRefund end;
    private final SubmitSoon soon;
    private final TransactionOperations transactions;
    private final Clock clock;

    DecideRefund(
            Refunds refunds,
            RefundControl control,
            EndRefund end,
            SubmitSoon soon,
            TransactionOperations transactions,
            Clock clock) {
        this.refunds = refunds;
        this.control = control;
        this.end = end;
        this.soon = soon;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * By another person of the merchant than the one who asked. The same decision of the same
     * person again changes nothing.
     *
     * @throws ApiException {@code own_request}, {@code refund_not_waiting}, {@code person_required}
     */
    public RefundView approve(MerchantCaller caller, String id) {
        var person = person(caller);
        var view =
                transactions.execute(_ -> {
                    var refund = waiting(caller, id);
                    if (person.equals(refund.requestedBy())) {
                        throw ApiException.of(OWN_REFUND);
                    }
                    refund.approvedBy(person);
                    control.goOn(refund, clock.instant());
                    return refund.view();
                });
        soon.submit(id);
        return Objects.requireNonNull(view);
    }

    /** By any person of the merchant who may agree, whoever asked. */
    public RefundView refuse(MerchantCaller caller, String id) {
        person(caller);
        return Objects.requireNonNull(
                transactions.execute(_ -> {
                    var refund = waiting(caller, id);
                    end.notApproved(refund, "not_approved", clock.instant());
                    return refund.view();
                }));
    }

    private static String person(MerchantCaller caller) {
        var person = caller.personId();
        if (person == null) {
            throw ApiException.of(NOBODY);
        }
        return person;
    }

    private Refund waiting(MerchantCaller caller, String id) {
        var refund =
                refunds.lock(id)
                        .filter(one ->
                                one.merchantId().equals(caller.merchantId())
                                        && one.livemode() == caller.mode().livemode())
                        .orElseThrow(() ->
                                ApiException.of(
                                        CommonProblems.NOT_FOUND,
                                        "You have no such refund in this mode."));
        if (refund.waitsFor() != WaitsFor.MERCHANT) {
            throw ApiException.of(
                    NOT_WAITING, problem -> problem.with("status", refund.status().wireName()));
        }
        return refund;
    }

    /**
     * What our staff said, in the transaction that moves the feed's cursor. It counts once; what
     * comes after the end changes nothing.
     */
    void byStaff(String id, boolean approved, String why) {
        var refund = refunds.lock(id).orElseThrow();
        if (refund.waitsFor() != WaitsFor.PLATFORM) {
            log.info("{} was decided and waits for nobody of ours", id);
            return;
        }
        if (approved) {
            control.goOn(refund, clock.instant());
        } else {
            end.notApproved(refund, why, clock.instant());
        }
    }
}
