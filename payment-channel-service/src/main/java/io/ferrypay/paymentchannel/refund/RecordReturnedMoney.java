package io.ferrypay.paymentchannel.refund;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport.Result;
import io.ferrypay.paymentchannel.channel.ApplyReturnedMoney;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import io.ferrypay.paymentchannel.payment.RefundBalance;
import io.ferrypay.paymentchannel.payment.RefundBalance.OrderOwner;
import io.ferrypay.paymentchannel.payment.RefundBalance.SurplusRefund;
import io.ferrypay.paymentchannel.risk.DecideHeldPayment;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Money that came in and that its channel has sent back by itself: the payment is told of as paid
 * and refunded in one breath, so that nobody takes it for kept. The channel is not asked again.
 */
@Service
class RecordReturnedMoney implements ApplyReturnedMoney {

    /** The refund's reason, for the merchant. */
    static final String REASON = "paid_while_closing";

    private static final Logger log = LoggerFactory.getLogger(RecordReturnedMoney.class);

    private final ApplyChannelReport reports;
    private final RefundBalance balance;
    private final Refunds refunds;
    private final RefundEvents events;
    private final EndRefund end;
    private final DecideHeldPayment decide;
    private final Clock clock;

    RecordReturnedMoney(
            ApplyChannelReport reports,
            RefundBalance balance,
            Refunds refunds,
            RefundEvents events,
            EndRefund end,
            DecideHeldPayment decide,
            Clock clock) {
        this.reports = reports;
        this.balance = balance;
        this.refunds = refunds;
        this.events = events;
        this.end = end;
        this.decide = decide;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Result apply(ChannelReport paid, String refundNumber) {
        var result = reports.apply(paid);
        switch (result) {
            case Result.Applied _, Result.AlreadyApplied _ ->
                    givenBack(paid.orderNumber(), refundNumber);
            case Result.Refused _, Result.UnknownOrder _ ->
                    log.error(
                            "{} on {} was sent back, and what its channel says does not fit",
                            paid.orderNumber(),
                            paid.accountId());
        }
        return result;
    }

    private void givenBack(String orderNumber, String refundNumber) {
        var owner = owedByNow(orderNumber);
        // Its lock comes first, as for every refund; of two who come, one finds the other's.
        balance.lock(owner.merchantId(), owner.mode(), owner.paymentId());
        if (refunds.lockByNumber(refundNumber).isPresent()) {
            return;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var made =
                owner.surplus()
                        ? surplus(orderNumber, refundNumber, now)
                        : whole(owner, orderNumber, refundNumber, now);
        made.ifPresentOrElse(
                refund -> {
                    events.created(List.of(refund));
                    end.succeeded(refund, new RefundAnswer.Succeeded(null, null, now), now);
                },
                () ->
                        log.error(
                                "{} was sent back by its channel while a refund of it was under way",
                                orderNumber));
    }

    /** What was held and has gone back is decided by that. */
    private OrderOwner owedByNow(String orderNumber) {
        var owner = balance.ownerOf(orderNumber).orElseThrow();
        if (owner.surplus()) {
            return owner;
        }
        decide.refuse(owner.paymentId());
        return balance.ownerOf(orderNumber).orElseThrow();
    }

    private Optional<Refund> whole(
            OrderOwner owner, String orderNumber, String refundNumber, Instant now) {
        var payment =
                balance.lock(owner.merchantId(), owner.mode(), owner.paymentId()).orElseThrow();
        var order = payment.order();
        if (payment.status() != PaymentStatus.PAID
                || order == null
                || !order.key().orderNumber().equals(orderNumber)
                || !payment.left().equals(payment.amount())
                || !balance.reserve(payment.id(), order, payment.amount(), order.charged())) {
            return Optional.empty();
        }
        var wanted =
                new NewRefund(
                        owner.merchantId(),
                        owner.mode(),
                        payment.id(),
                        null,
                        REASON,
                        null,
                        null,
                        null,
                        null);
        var refund =
                refunds.save(
                        Refund.requested(
                                refundNumber,
                                wanted,
                                payment,
                                payment.amount(),
                                order.charged(),
                                now));
        refunds.flush();
        return Optional.of(refund);
    }

    private Optional<Refund> surplus(String orderNumber, String refundNumber, Instant now) {
        return balance.takeSurplusOf(orderNumber)
                .map(surplus -> {
                    var refund = refunds.save(Refund.ofSurplus(refundNumber, surplus, now));
                    refunds.flush();
                    balance.surplusReserved(
                            List.of(new SurplusRefund(refund.id(), refund.orderNumber())));
                    return refund;
                });
    }
}
