package io.ferrypay.sandbox.wechat.order;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order at WeChat. It only changes state here; time alone closes it too, see {@link #at}.
 *
 * @param expiresAt when it closes by itself if nobody paid
 * @param codeUrl what the QR code says now; earlier codes of the order are void
 * @param codeExpiresAt when that code stops working, which does not close the order
 * @param failure why the last try to pay failed, if one did
 */
public record Order(
        Terms terms,
        Instant createdAt,
        Instant expiresAt,
        String codeUrl,
        Instant codeExpiresAt,
        TradeState state,
        @Nullable Payment payment,
        @Nullable String failure) {

    /** An order nobody paid is closed after this long. */
    private static final Duration LIFETIME = Duration.ofDays(7);

    /** An earlier end than this is moved to here. */
    private static final Duration SHORTEST_LIFETIME = Duration.ofMinutes(1);

    private static final Duration CODE_LIFETIME = Duration.ofHours(2);

    static Order placed(Terms terms, String codeUrl, Instant now) {
        return new Order(
                terms,
                now,
                end(terms, now),
                codeUrl,
                now.plus(CODE_LIFETIME),
                TradeState.NOTPAY,
                null,
                null);
    }

    private static Instant end(Terms terms, Instant now) {
        var latest = now.plus(LIFETIME);
        var wanted = terms.timeExpire();
        if (wanted == null || wanted.isAfter(latest)) {
            return latest;
        }
        var earliest = now.plus(SHORTEST_LIFETIME);
        return wanted.isBefore(earliest) ? earliest : wanted;
    }

    public String outTradeNo() {
        return terms.outTradeNo();
    }

    /** The order as it stands at this moment: unpaid past its end means closed. */
    public Order at(Instant now) {
        return state == TradeState.NOTPAY && !now.isBefore(expiresAt)
                ? with(TradeState.CLOSED, null, failure)
                : this;
    }

    /** Placing the order again while its code works changes nothing; later it gets a new code. */
    Order placedAgain(Terms again, String freshCodeUrl, Instant now) {
        refuseUnlessPayable();
        if (!terms.equals(again)) {
            throw new OrderRefused(OrderRefused.Reason.TERMS_DIFFER);
        }
        return now.isBefore(codeExpiresAt)
                ? this
                : new Order(
                        terms,
                        createdAt,
                        expiresAt,
                        freshCodeUrl,
                        now.plus(CODE_LIFETIME),
                        state,
                        null,
                        failure);
    }

    Order paid(Payment money) {
        refuseUnlessPayable();
        return with(TradeState.SUCCESS, money, null);
    }

    /** The payer's bank refused for good. */
    Order failed(String why) {
        refuseUnlessPayable();
        return with(TradeState.PAYERROR, null, why);
    }

    /** The payer gave up, or the bank refused once: another try is possible. */
    Order notPaidThisTime(String why) {
        refuseUnlessPayable();
        return with(TradeState.NOTPAY, null, why);
    }

    /** Closing a closed order is harmless, so a repeated close succeeds. */
    Order closed() {
        return switch (state) {
            case SUCCESS -> throw new OrderRefused(OrderRefused.Reason.PAID);
            case NOTPAY, PAYERROR, CLOSED -> with(TradeState.CLOSED, null, failure);
        };
    }

    private void refuseUnlessPayable() {
        switch (state) {
            case NOTPAY -> {}
            case SUCCESS -> throw new OrderRefused(OrderRefused.Reason.PAID);
            case CLOSED -> throw new OrderRefused(OrderRefused.Reason.CLOSED);
            case PAYERROR -> throw new OrderRefused(OrderRefused.Reason.FAILED);
        }
    }

    private Order with(TradeState next, @Nullable Payment money, @Nullable String why) {
        return new Order(terms, createdAt, expiresAt, codeUrl, codeExpiresAt, next, money, why);
    }
}
