package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Closed;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Declined;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.NeverSeen;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Pending;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Succeeded;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Unknown;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.merchant.LatePaymentPolicy;
import io.ferrypay.paymentchannel.merchant.Merchants;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Believes a channel's report, or not, and does what follows from it. */
@Service
class ApplyReport implements ApplyChannelReport {

    private static final Logger log = LoggerFactory.getLogger(ApplyReport.class);

    private final Payments payments;
    private final Attempts attempts;
    private final PaymentEvents events;
    private final RefundsDue refundsDue;
    private final RefusedReports refusedReports;
    private final Merchants merchants;
    private final LookAtRisk risk;
    private final ChannelHealth health;
    private final Clock clock;

    ApplyReport(
            Payments payments,
            Attempts attempts,
            PaymentEvents events,
            RefundsDue refundsDue,
            RefusedReports refusedReports,
            Merchants merchants,
            LookAtRisk risk,
            ChannelHealth health,
            Clock clock) {
        this.payments = payments;
        this.attempts = attempts;
        this.events = events;
        this.refundsDue = refundsDue;
        this.refusedReports = refusedReports;
        this.merchants = merchants;
        this.risk = risk;
        this.health = health;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(String orderNumber) {
        payments.holdOfOrder(orderNumber);
    }

    @Override
    @Transactional
    public Result apply(ChannelReport report) {
        // The payment's lock comes first: all that is said about one payment is heard one by one.
        var payment = payments.lockOfOrder(report.orderNumber()).orElse(null);
        if (payment == null) {
            log.warn("A report by {} names an order we do not have", report.accountId());
            refusedReports.keep(report, "unknown_order", clock.instant());
            return new Result.UnknownOrder();
        }
        var all = attempts.findByPaymentIdOrderBySequence(payment.id());
        var attempt = ofOrder(report.orderNumber(), all);
        var mismatch = mismatch(report, attempt, clock.instant());
        if (mismatch != null) {
            log.error("Refused a report on {}: {}", payment.id(), mismatch);
            refusedReports.keep(report, mismatch, clock.instant());
            return new Result.Refused(mismatch);
        }
        var changed =
                switch (report.outcome()) {
                    case Succeeded success -> succeeded(payment, attempt, all, success);
                    case Pending(var confirming) -> pending(payment, attempt, confirming);
                    case Declined(var code) ->
                            attempt.status() == AttemptStatus.REVERSING
                                    ? reversed(payment, attempt)
                                    : declined(payment, attempt, code);
                    case Closed _ ->
                            attempt.status() == AttemptStatus.REVERSING
                                    ? reversed(payment, attempt)
                                    : closed(attempt);
                    // Unsigned, so it counts only where nothing says otherwise: not once the
                    // channel
                    // has given us something to pay with.
                    case NeverSeen _ -> neverSeen(payment, attempt);
                    case Unknown _ -> false;
                };
        return changed ? new Result.Applied() : new Result.AlreadyApplied();
    }

    private static @Nullable String mismatch(ChannelReport report, Attempt attempt, Instant now) {
        if (!report.accountId().equals(attempt.accountId())) {
            return "wrong_account";
        }
        if (!report.subMerchantId().equals(attempt.subMerchantId())) {
            return "wrong_merchant";
        }
        if (!(report.outcome() instanceof Succeeded success)) {
            return null;
        }
        var charged = success.charged();
        if (charged != null
                && !charged.currency().equals(attempt.channelAmount().currency().code())) {
            return "wrong_currency";
        }
        if (charged != null && charged.amountMinor() != attempt.channelAmount().minorUnits()) {
            return "wrong_amount";
        }
        if (attempt.status() == AttemptStatus.REVERSED && !success.hasGoneBack()) {
            return "paid_after_reversal";
        }
        if (attempt.status() == AttemptStatus.REVERSING
                && success.hasGoneBack()
                && !attempt.isReversible(now.minus(Reversals.AROUND_THE_END))) {
            // All of it, or a part that somebody refunded at the company's desk: for a person.
            return "refunded_while_reversing";
        }
        if (attempt.status().tookMoney()
                && !success.channelReference().equals(attempt.channelReference())) {
            return "second_success";
        }
        return null;
    }

    private static Attempt ofOrder(String orderNumber, List<Attempt> all) {
        return all.stream()
                .filter(attempt -> attempt.orderNumber().equals(orderNumber))
                .findFirst()
                .orElseThrow();
    }

    private boolean succeeded(
            Payment payment, Attempt attempt, List<Attempt> all, Succeeded success) {
        if (attempt.status().tookMoney()) {
            return false; // Channels repeat themselves.
        }
        if (attempt.status() == AttemptStatus.REVERSED) {
            return false; // What has gone back is not there.
        }
        var now = clock.instant();
        if (attempt.status() == AttemptStatus.REVERSING
                && attempt.isReversible(now.minus(Reversals.AROUND_THE_END))) {
            log.info("{} was paid while it is being taken back: it goes back", payment.id());
            return false;
        }
        if (payment.status() == PaymentStatus.PAID
                || payment.status() == PaymentStatus.UNDER_REVIEW
                || payment.isRefused()) {
            oweBack(payment, attempt, success, RefundsDue.SECOND_PAYMENT, now);
            return true;
        }
        var late = payment.makesMoneyLate(now);
        if (late && policyOf(payment) == LatePaymentPolicy.REFUND) {
            oweBack(payment, attempt, success, RefundsDue.LATE_PAYMENT, now);
            return true;
        }
        attempt.paid(success, now);
        health.bankAnswered(attempt.accountId(), attempt.bankCode(), true);
        var previous = payment.status();
        var look = risk.onSuccess(payment, attempt, now);
        if (late) {
            payment.wasLate(); // Before the first event: a shop may look at that one alone.
        }
        if (look.verdict().holds()) {
            payment.hold(attempt, success);
            payments.flush();
            events.held(payment, attempt, previous);
        } else {
            payment.pay(attempt, success);
            payments.flush();
            events.paid(payment, attempt, previous);
            if (late) {
                payment.toldLate(now); // Each event about a payment has a version of its own.
                payments.flush();
                events.paidLate(payment);
            }
        }
        risk.tell(look, payment);
        // Whatever else is still on offer must be closed before somebody pays it as well.
        all.forEach(other -> other.askSoon(now));
        return true;
    }

    private LatePaymentPolicy policyOf(Payment payment) {
        return merchants
                .find(payment.merchantId())
                .map(merchant -> merchant.latePaymentPolicy())
                .orElse(LatePaymentPolicy.ACCEPT);
    }

    private void oweBack(
            Payment payment, Attempt attempt, Succeeded success, String reason, Instant now) {
        log.error("{} was paid and does not need it ({}): owed back", payment.id(), reason);
        attempt.surplus(success, now);
        payment.addSurplus(attempt.amount().minorUnits());
        payments.flush();
        refundsDue.add(payment, attempt, reason, now);
        events.surplusPaid(payment, attempt, reason);
    }

    private boolean pending(Payment payment, Attempt attempt, boolean confirming) {
        if (!attempt.status().isOffered() || attempt.isByPayCode()) {
            return false; // Whoever shows a code is confirming from the start.
        }
        var previous = payment.status();
        var changed = confirming ? payment.confirming() : payment.confirmingNoMore();
        if (changed) {
            payments.flush();
            events.moved(payment, previous);
        }
        return changed;
    }

    private boolean declined(Payment payment, Attempt attempt, String code) {
        if (!attempt.status().mayBePaid()) {
            return false;
        }
        var offered = attempt.status().isOffered();
        attempt.decline(code, clock.instant());
        health.bankAnswered(attempt.accountId(), attempt.bankCode(), false);
        var previous = payment.status();
        if (offered && !previous.isEnd() && previous != PaymentStatus.UNDER_REVIEW) {
            payment.fail(code, clock.instant());
            payments.flush();
            events.moved(payment, previous);
        }
        return true;
    }

    /**
     * A charge by a pay code may be on its way yet, so nothing follows from this before it is to be
     * taken back and has had its time.
     */
    private boolean neverSeen(Payment payment, Attempt attempt) {
        if (attempt.isByPayCode()) {
            return attempt.status() == AttemptStatus.REVERSING
                    && attempt.isUnheard(clock.instant())
                    && reversed(payment, attempt);
        }
        return attempt.status() == AttemptStatus.OPENING && closed(attempt);
    }

    /** Nobody has paid, or all of it has gone back: the payment ends as was decided. */
    private boolean reversed(Payment payment, Attempt attempt) {
        var now = clock.instant();
        attempt.reversed(now);
        var previous = payment.status();
        if (!previous.isEnd() && previous != PaymentStatus.UNDER_REVIEW) {
            payment.endReversed(attempt.reverseTo(), now);
            payments.flush();
            events.moved(payment, previous);
        }
        return true;
    }

    private boolean closed(Attempt attempt) {
        if (!attempt.status().mayBePaid() && attempt.status() != AttemptStatus.LAPSED) {
            return false;
        }
        attempt.close(clock.instant());
        return true;
    }
}
