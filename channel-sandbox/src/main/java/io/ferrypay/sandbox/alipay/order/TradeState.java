package io.ferrypay.sandbox.alipay.order;

/** Where an order stands; the names are Alipay's. */
public enum TradeState {
    WAIT_BUYER_PAY,
    /** An in-store order that is paid. */
    TRADE_SUCCESS,
    /** An online order that is paid, refunded or not. */
    TRADE_FINISHED,
    /** Ran out or was closed unpaid; in store also canceled, or wholly refunded. */
    TRADE_CLOSED;

    public boolean isPaid() {
        return this == TRADE_SUCCESS || this == TRADE_FINISHED;
    }
}
