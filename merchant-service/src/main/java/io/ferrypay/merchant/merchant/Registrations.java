package io.ferrypay.merchant.merchant;

import java.util.Map;

/**
 * How every channel knows a merchant, by the method that shoppers choose ({@code wechat}, {@code
 * alipay}, {@code jdpay}, {@code onlinebank}).
 *
 * @param live where money moves
 * @param test in the sandbox
 */
public record Registrations(Map<String, Registration> live, Map<String, Registration> test) {

    public static final Registrations NONE = new Registrations(Map.of(), Map.of());

    /** As the channels' sandbox knows every merchant of test mode. */
    public static final Map<String, Registration> SANDBOX =
            Map.of(
                    "wechat", new Registration("1900000109", "5499"),
                    "alipay", new Registration("HARBOURHONEY", "5499"),
                    "jdpay", new Registration("HARBOURHONEY", "5499"),
                    "onlinebank", new Registration("HARBOURHONEY", "5499"));

    public Registrations {
        live = Map.copyOf(live);
        test = Map.copyOf(test);
    }
}
