package io.ferrypay.sandbox.wechat.fault;

/** The API calls that can be made to misbehave. */
public enum ApiOperation {
    CERTIFICATES,
    NATIVE,
    JSAPI,
    MWEB,
    MICROPAY,
    REVERSE,
    QUERY,
    CLOSE,
    REFUND,
    REFUND_QUERY,
    STATEMENT,
    SETTLEMENT
}
