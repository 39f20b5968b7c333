package io.ferrypay.sandbox.alipay.order;

/** Where an order began: the two families have different queries, refunds and states. */
public enum TradeKind {
    /** {@code create_forex_trade}. */
    DESKTOP,
    /** {@code create_forex_trade_wap}. */
    MOBILE,
    /** {@code alipay.acquire.precreate}. */
    IN_STORE;

    public boolean isOnline() {
        return this != IN_STORE;
    }
}
