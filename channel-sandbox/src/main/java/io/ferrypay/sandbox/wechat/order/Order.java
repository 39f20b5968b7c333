package io.ferrypay.sandbox.wechat.order;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order at WeChat. It only changes state here; time alone closes it too, see {@link #at}.
 *
 * @param expiresAt when it closes by itself if nobody paid
 * @param ticket what leads the payer to it now: the text of a QR code, or a prepay_id; earlier ones
 *     of the order are void
 * @param ticketExpiresAt when that stops working, which does not close the order
 * @param failure why the last try to pay failed, if one did
 */
public record Order(
        Terms terms,
        Instant createdAt,
        Instant expiresAt,
        @JsonAlias("codeUrl") String ticket,
        @JsonAlias("codeExpiresAt") Instant ticketExpiresAt,
        TradeState state,
        @Nullable Payment payment,
        @Nullable String failure) {

    /** An order nobody paid is closed after this long. */
    private static final Duration LIFETIME = Duration.ofDays(7);

    /** An earlier end than this is moved to here. */
    private static final Duration SHORTEST_LIFETIME = Duration.ofMinutes(1);

    static Order placed(Terms terms, String ticket, Instant now) {
        return new Order(
                terms,
                now,
                end(terms, now),
                ticket,
                now.plus(terms.tradeType().ticketLifetime()),
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
        return isWaiting() && !now.isBefore(expiresAt)
                ? with(TradeState.CLOSED, null, failure)
                : this;
    }

    /** Placing the order again while its ticket works changes nothing; later it gets a new one. */
    Order placedAgain(Terms again, String freshTicket, Instant now) {
        refuseUnlessPayable();
        if (!terms.equals(again)) {
            throw new OrderRefused(OrderRefused.Reason.TERMS_DIFFER);
        }
        return now.isBefore(ticketExpiresAt)
                ? this
                : new Order(
                        terms,
                        createdAt,
                        expiresAt,
                        freshTicket,
                        now.plus(terms.tradeType().ticketLifetime()),
                        state,
                        null,
                        failure);
    }

    private boolean isWaiting() {
        return state == TradeState.NOTPAY || state == TradeState.USERPAYING;
    }

    /** A code charged again under the same number is the same charge, whatever came of it. */
    Order chargedAgain(Terms again) {
        if (!terms.equals(again)) {
            throw new OrderRefused(OrderRefused.Reason.TERMS_DIFFER);
        }
        if (state != TradeState.USERPAYING) {
            refuseUnlessPayable();
        }
        return this;
    }

    /** The payer's wallet asks for the password. */
    Order asking() {
        refuseUnlessPayable();
        return with(TradeState.USERPAYING, null, failure);
    }

    /** Whoever showed the code pays nothing, or gets it all back. */
    Order reversed() {
        return switch (state) {
            case NOTPAY, USERPAYING, SUCCESS, CLOSED, PAYERROR, REVOKED ->
                    terms.tradeType() == TradeType.MICROPAY
                            ? with(TradeState.REVOKED, payment, failure)
                            : throwIt(OrderRefused.Reason.NOT_THIS_WAY);
            case REFUND -> throwIt(OrderRefused.Reason.NOT_THIS_WAY);
        };
    }

    private static Order throwIt(OrderRefused.Reason why) {
        throw new OrderRefused(why);
    }

    Order paid(Payment money) {
        refuseUnlessPayable();
        return with(TradeState.SUCCESS, money, null);
    }

    /** Without what came after the payment. */
    Order asPaid() {
        return state == TradeState.REFUND ? with(TradeState.SUCCESS, payment, failure) : this;
    }

    /** Some of the money goes back; WeChat calls the whole order refunded then. */
    Order refunded() {
        return switch (state) {
            case SUCCESS, REFUND -> with(TradeState.REFUND, payment, failure);
            case NOTPAY, USERPAYING, CLOSED, PAYERROR, REVOKED ->
                    throw new OrderRefused(OrderRefused.Reason.NOT_PAID);
        };
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
            case SUCCESS, REFUND -> throw new OrderRefused(OrderRefused.Reason.PAID);
            case NOTPAY, USERPAYING, PAYERROR, CLOSED -> with(TradeState.CLOSED, null, failure);
            case REVOKED -> this;
        };
    }

    private void refuseUnlessPayable() {
        switch (state) {
            case NOTPAY, USERPAYING -> {}
            case REVOKED -> throw new OrderRefused(OrderRefused.Reason.REVERSED);
            case SUCCESS, REFUND -> throw new OrderRefused(OrderRefused.Reason.PAID);
            case CLOSED -> throw new OrderRefused(OrderRefused.Reason.CLOSED);
            case PAYERROR -> throw new OrderRefused(OrderRefused.Reason.FAILED);
        }
    }

    private Order with(TradeState next, @Nullable Payment money, @Nullable String why) {
        return new Order(terms, createdAt, expiresAt, ticket, ticketExpiresAt, next, money, why);
    }
}
