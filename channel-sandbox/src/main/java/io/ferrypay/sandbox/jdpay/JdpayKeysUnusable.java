package io.ferrypay.sandbox.jdpay;

/** The folder with JD Pay's keys is incomplete or holds something else. */
class JdpayKeysUnusable extends RuntimeException {

    JdpayKeysUnusable(String message) {
        super(message);
    }

    JdpayKeysUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}
