package io.ferrypay.paymentchannel.refund;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport.Result;
import io.ferrypay.paymentchannel.channel.ApplyRefundReport;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.payment.RefusedReports;
import io.ferrypay.paymentchannel.payment.RefusedReports.Refused;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Believes a channel's report about a refund, or not, and does what follows from it. */
@Service
class ApplyRefundReports implements ApplyRefundReport {

    private static final Logger log = LoggerFactory.getLogger(ApplyRefundReports.class);

    private final Refunds refunds;
    private final EndRefund end;
    private final StuckRefunds alarm;
    private final RefusedReports refusedReports;
    private final Clock clock;

    ApplyRefundReports(
            Refunds refunds,
            EndRefund end,
            StuckRefunds alarm,
            RefusedReports refusedReports,
            Clock clock) {
        this.refunds = refunds;
        this.end = end;
        this.alarm = alarm;
        this.refusedReports = refusedReports;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(String refundNumber) {
        refunds.holdByNumber(refundNumber);
    }

    @Override
    @Transactional
    public Result apply(RefundReport report) {
        var now = clock.instant();
        var refund = refunds.lockByNumber(report.refundNumber()).orElse(null);
        if (refund == null) {
            log.warn("A report by {} names a refund we do not have", report.accountId());
            keep(report, "unknown_refund", now);
            return new Result.UnknownOrder();
        }
        var mismatch = mismatch(report, refund);
        if (mismatch != null) {
            log.error("Refused a report on {}: {}", refund.id(), mismatch);
            keep(report, mismatch, now);
            return new Result.Refused(mismatch);
        }
        return believe(report, refund, now) ? new Result.Applied() : new Result.AlreadyApplied();
    }

    private boolean believe(RefundReport report, Refund refund, Instant now) {
        if (refund.status() != RefundStatus.PENDING) {
            return false; // Channels repeat themselves.
        }
        return switch (report.outcome()) {
            case RefundAnswer.Succeeded success -> {
                end.succeeded(refund, success, now);
                yield true;
            }
            case RefundAnswer.Failed(var code) -> {
                end.failed(refund, code, now);
                yield true;
            }
            case RefundAnswer.Accepted(var reference) -> refund.accepted(reference, now);
            case RefundAnswer.NeedsAPerson(var reference) -> alarm.stuck(refund, reference, now);
            case RefundAnswer.NotNow _, RefundAnswer.NotFound _, RefundAnswer.Unknown _ -> false;
        };
    }

    private static @Nullable String mismatch(RefundReport report, Refund refund) {
        if (!report.accountId().equals(refund.accountId())) {
            return "wrong_account";
        }
        if (report.orderNumber() != null && !report.orderNumber().equals(refund.orderNumber())) {
            return "wrong_order";
        }
        var refunded = report.refunded();
        var ours = refund.channelAmount();
        if (refunded != null && !refunded.currency().equals(ours.currency().code())) {
            return "wrong_currency";
        }
        if (refunded != null && refunded.amountMinor() != ours.minorUnits()) {
            return "wrong_amount";
        }
        return contradicts(report.outcome(), refund.status()) ? "second_end" : null;
    }

    /** The money has been counted the one way; it takes a person to count it the other. */
    private static boolean contradicts(RefundAnswer outcome, RefundStatus status) {
        return switch (outcome) {
            case RefundAnswer.Succeeded _ -> status == RefundStatus.FAILED;
            case RefundAnswer.Failed _ -> status == RefundStatus.SUCCEEDED;
            case RefundAnswer.Accepted _,
                    RefundAnswer.NeedsAPerson _,
                    RefundAnswer.NotNow _,
                    RefundAnswer.NotFound _,
                    RefundAnswer.Unknown _ ->
                    false;
        };
    }

    private void keep(RefundReport report, String reason, Instant now) {
        refusedReports.keep(
                new Refused(
                        report.refundNumber(),
                        reason,
                        "refund_notification",
                        report.accountId(),
                        report.notificationId(),
                        report.evidence()),
                now);
    }
}
