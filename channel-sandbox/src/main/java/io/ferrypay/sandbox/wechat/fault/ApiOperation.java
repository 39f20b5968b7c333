package io.ferrypay.sandbox.wechat.fault;

/** The API calls that can be made to misbehave. */
public enum ApiOperation {
    CERTIFICATES,
    NATIVE,
    QUERY,
    CLOSE
}
