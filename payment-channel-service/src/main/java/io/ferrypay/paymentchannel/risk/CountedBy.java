package io.ferrypay.paymentchannel.risk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By what payments are counted. */
enum CountedBy {
    MERCHANT,
    STORE,
    STATIC_CODE,
    DEVICE,
    PAYER,
    IP;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<CountedBy> ofWireName(String name) {
        return Arrays.stream(values()).filter(by -> by.wireName().equals(name)).findFirst();
    }

    /** Of that payment; null where there is none, or it is not known. */
    @Nullable String of(Facts facts) {
        return switch (this) {
            case MERCHANT -> facts.merchantId();
            case STORE -> facts.storeId();
            case STATIC_CODE -> facts.staticCode();
            case DEVICE -> facts.deviceId();
            case PAYER -> facts.payer();
            case IP -> facts.ip();
        };
    }

    /** Whether that it is missing means that we do not know it, and not that there is none. */
    boolean mayBeUnknown() {
        return this == PAYER || this == IP;
    }
}
