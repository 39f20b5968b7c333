package io.ferrypay.sandbox.wechat.order;

/** How the payer gets from the shop into WeChat; the names are WeChat's. */
public enum TradeType {
    /** The payer scans a QR code. */
    NATIVE
}
