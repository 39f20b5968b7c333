package io.ferrypay.sandbox.jdpay.fault;

/** The calls that can be made to misbehave. */
public enum JdpayOperation {
    UNIORDER,
    QUERY,
    QUERY_REFUND,
    REFUND,
    REVOKE,
    BILL
}
