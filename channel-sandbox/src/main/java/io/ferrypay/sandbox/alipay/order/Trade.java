package io.ferrypay.sandbox.alipay.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order at Alipay. It only changes state here; time alone closes it too, see {@link #at}.
 *
 * @param tradeNo Alipay's number for it
 * @param token names it in the addresses of pages and codes; nobody can guess it
 * @param terms all that was asked for, for telling the same order from another
 * @param seen whether the payer has been shown it, from when on it exists for queries
 * @param failure why the last try to pay failed, if one did
 */
public record Trade(
        TradeKind kind,
        String outTradeNo,
        String tradeNo,
        String token,
        Map<String, String> terms,
        BigDecimal amount,
        String currency,
        String signType,
        String charset,
        Instant createdAt,
        Instant expiresAt,
        boolean seen,
        TradeState state,
        @Nullable AlipayPayment payment,
        @Nullable Instant closedAt,
        @Nullable String failure) {

    public String term(String name) {
        return terms.getOrDefault(name, "");
    }

    /** The order as it stands at this moment: unpaid past its end means closed. */
    public Trade at(Instant now) {
        return state == TradeState.WAIT_BUYER_PAY && !now.isBefore(expiresAt)
                ? with(seen, TradeState.TRADE_CLOSED, payment, expiresAt, failure)
                : this;
    }

    /** Whatever is not Alipay's business when an order comes twice. */
    Trade placedAgain(Map<String, String> again) {
        if (state.isPaid()) {
            throw new TradeRefused(TradeRefused.Reason.PAID);
        }
        if (state == TradeState.TRADE_CLOSED) {
            throw new TradeRefused(TradeRefused.Reason.CLOSED);
        }
        if (!terms.equals(again)) {
            throw new TradeRefused(TradeRefused.Reason.TERMS_DIFFER);
        }
        return this;
    }

    Trade shown() {
        return with(true, state, payment, closedAt, failure);
    }

    Trade paid(AlipayPayment money) {
        refuseUnlessPayable();
        return with(
                true,
                kind.isOnline() ? TradeState.TRADE_FINISHED : TradeState.TRADE_SUCCESS,
                money,
                null,
                null);
    }

    /** The order stays payable: Alipay has no state for a payment that failed. */
    Trade notPaidThisTime(String why) {
        refuseUnlessPayable();
        return with(true, state, null, null, why);
    }

    /** Closing a closed order is harmless, so a repeated close succeeds. */
    Trade closed(Instant now) {
        if (state.isPaid()) {
            throw new TradeRefused(TradeRefused.Reason.PAID);
        }
        return state == TradeState.TRADE_CLOSED
                ? this
                : with(true, TradeState.TRADE_CLOSED, payment, now, failure);
    }

    /** In store the order ends when all of the money is back. */
    Trade whollyRefunded(Instant now) {
        return kind.isOnline() ? this : with(true, TradeState.TRADE_CLOSED, payment, now, failure);
    }

    private void refuseUnlessPayable() {
        if (state.isPaid()) {
            throw new TradeRefused(TradeRefused.Reason.PAID);
        }
        if (state == TradeState.TRADE_CLOSED) {
            throw new TradeRefused(TradeRefused.Reason.CLOSED);
        }
    }

    private Trade with(
            boolean shown,
            TradeState next,
            @Nullable AlipayPayment money,
            @Nullable Instant ended,
            @Nullable String why) {
        return new Trade(
                kind,
                outTradeNo,
                tradeNo,
                token,
                terms,
                amount,
                currency,
                signType,
                charset,
                createdAt,
                expiresAt,
                shown,
                next,
                money,
                ended,
                why);
    }
}
