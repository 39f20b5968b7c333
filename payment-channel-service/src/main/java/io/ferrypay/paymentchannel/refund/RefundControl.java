package io.ferrypay.paymentchannel.refund;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says what a refund has to wait for before its channel is asked. It knows only what this service
 * has: the merchants' limits, ours, and what trade-admin-service last told of a merchant's balance.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RefundControl {

    /** How long somebody may take to agree, or a balance to recover. */
    static final Duration PATIENCE = Duration.ofDays(7);

    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final Logger log = LoggerFactory.getLogger(RefundControl.class);

    private final RefundLimits limits;
    private final RefundSettings settings;
    private final Refunds refunds;
    private final EndRefund end;
    private final RefundEvents events;

    RefundControl(
            RefundLimits limits,
            RefundSettings settings,
            Refunds refunds,
            EndRefund end,
            RefundEvents events) {
        this.limits = limits;
        this.settings = settings;
        this.refunds = refunds;
        this.end = end;
        this.events = events;
    }

    /** Has a new refund wait, if it must. */
    void holdBack(Refund refund, Instant now) {
        var next = next(refund, null);
        if (next != null) {
            refund.waitFor(next, until(refund, next, now));
        }
    }

    /** What it waited for is there; it waits for the next thing, or goes on. */
    void goOn(Refund refund, Instant now) {
        var next = next(refund, refund.waitsFor());
        if (next == null) {
            refund.goOn(now);
            refunds.flush();
            events.approved(refund);
        } else {
            refund.waitFor(next, until(refund, next, now));
            refunds.flush();
            events.waits(refund, RefundStatus.PENDING_APPROVAL);
        }
    }

    /** It has waited until it was due: the time is over, or the balance may have recovered. */
    void due(Refund refund, Instant now) {
        if (refund.waitsFor() == WaitsFor.BALANCE
                && !limits.isShort(refund.merchantId(), refund.amount().currency())) {
            goOn(refund, now);
        } else if (now.isBefore(refund.createdAt().plus(PATIENCE))) {
            refund.postpone(until(refund, Objects.requireNonNull(refund.waitsFor()), now));
        } else {
            log.info("{} waited too long for {}", refund.id(), refund.waitsFor());
            end.notApproved(refund, "approval_expired", now);
        }
    }

    /** When to look at it again. Our staff keep the time of what they have to decide. */
    private static @Nullable Instant until(Refund refund, WaitsFor what, Instant now) {
        var end = refund.createdAt().plus(PATIENCE);
        var again = now.plus(AGAIN);
        return switch (what) {
            case MERCHANT -> end;
            case PLATFORM -> null;
            // It is told when the balance recovers, maybe just before this refund was there.
            case BALANCE -> again.isBefore(end) ? again : end;
        };
    }

    private @Nullable WaitsFor next(Refund refund, @Nullable WaitsFor passed) {
        for (var one : WaitsFor.values()) {
            if ((passed == null || one.compareTo(passed) > 0) && mustWait(refund, one)) {
                return one;
            }
        }
        return null;
    }

    private boolean mustWait(Refund refund, WaitsFor one) {
        var total = refund.total();
        return switch (one) {
            case MERCHANT ->
                    limits.of(refund.merchantId(), refund.livemode(), total.currency())
                            .map(limit -> total.compareTo(limit) > 0)
                            .orElse(false);
            case PLATFORM -> refund.livemode() && settings.needsSecondPerson(total);
            case BALANCE ->
                    refund.livemode() && limits.isShort(refund.merchantId(), total.currency());
        };
    }
}
