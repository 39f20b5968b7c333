package io.ferrypay.sandbox.jdpay.wire;

/** JD says no. The codes are the sandbox's own: JD's are not public. */
public class JdpayError extends RuntimeException {

    /** Why, in the sandbox's codes. */
    public enum Code {
        SIM101("bad parameter"),
        SIM102("bad signature"),
        SIM103("cannot decrypt"),
        SIM104("unknown merchant"),
        SIM201("order not found"),
        SIM202("this tradeNum was used with other data"),
        SIM203("order closed or expired"),
        SIM204("order already paid"),
        SIM301("refund over the remaining amount"),
        SIM302("original order not paid"),
        SIM303("too late to refund"),
        SIM900("system busy");

        private final String text;

        Code(String text) {
            this.text = text;
        }
    }

    private final Code code;

    public JdpayError(Code code) {
        this(code, code.text);
    }

    public JdpayError(Code code, String description) {
        super(description, null, false, false);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public String description() {
        return String.valueOf(getMessage());
    }

    public static JdpayError badParameter(String name) {
        return new JdpayError(Code.SIM101, "bad parameter " + name);
    }
}
