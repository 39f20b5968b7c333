package io.ferrypay.paymentchannel.refund;

import io.ferrypay.paymentchannel.payment.OrderNumbers;
import io.ferrypay.paymentchannel.payment.RefundBalance;
import io.ferrypay.paymentchannel.payment.RefundBalance.SurplusRefund;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes a refund of each order that was paid and not needed: all of it, once. A few statements,
 * however many there are.
 */
@Component
class GiveBackSurplus {

    private final RefundBalance balance;
    private final Refunds refunds;
    private final RefundEvents events;
    private final OrderNumbers numbers;
    private final Clock clock;

    GiveBackSurplus(
            RefundBalance balance,
            Refunds refunds,
            RefundEvents events,
            OrderNumbers numbers,
            MeterRegistry metrics,
            Clock clock) {
        Gauge.builder("ferry.refund.surplus_failed", balance, RefundBalance::surplusesThatFailed)
                .description("Orders whose surplus no refund has given back so far")
                .register(metrics);
        this.balance = balance;
        this.refunds = refunds;
        this.events = events;
        this.numbers = numbers;
        this.clock = clock;
    }

    /** How many refunds were made, of up to {@code limit}. */
    @Transactional
    int begin(int limit) {
        var surplus = balance.takeSurplus(limit);
        if (surplus.isEmpty()) {
            return 0;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var made =
                refunds.saveAll(
                        surplus.stream()
                                .map(one -> Refund.ofSurplus(numbers.next(now), one, now))
                                .toList());
        refunds.flush();
        balance.surplusReserved(
                made.stream()
                        .map(refund -> new SurplusRefund(refund.id(), refund.orderNumber()))
                        .toList());
        events.created(made);
        return made.size();
    }
}
