package io.ferrypay.sandbox.alipay.gateway;

/** The gateway does not take the call. */
final class GatewayError extends RuntimeException {

    private final String code;
    private final String expected;

    GatewayError(String code) {
        this(code, "");
    }

    /**
     * @param expected the text Alipay would have signed, which its error page shows
     */
    GatewayError(String code, String expected) {
        super(code, null, false, false);
        this.code = code;
        this.expected = expected;
    }

    String code() {
        return code;
    }

    String expected() {
        return expected;
    }
}
