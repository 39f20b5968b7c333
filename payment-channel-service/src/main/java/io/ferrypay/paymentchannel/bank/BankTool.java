package io.ferrypay.paymentchannel.bank;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What secures an online payment at a bank; limits hang on it. */
public enum BankTool {
    /** Whatever the customer has. */
    ANY,
    SMS,
    /** A device or app that shows a code. */
    TOKEN,
    FILE_CERTIFICATE,
    MOBILE_CERTIFICATE,
    /** A certificate on a USB key (U盾). */
    USB_KEY,
    /** Without online banking: account payment, quick payment. */
    ACCOUNT_PAY,
    QUICK_PAY;

    /** The name in tables and on the wire. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tool of that wire name, if there is one. */
    public static Optional<BankTool> ofWireName(String name) {
        for (var tool : values()) {
            if (tool.wireName().equals(name)) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }
}
