package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.Flow;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** WeChat's names for the ways a payer gets to pay, and what each interface answers with. */
enum TradeType {
    NATIVE("native", Duration.ofHours(2)),
    JSAPI("jsapi", Duration.ofHours(2)),
    MWEB("mweb", Duration.ofMinutes(5));

    private final String path;
    private final Duration lifetime;

    TradeType(String path, Duration lifetime) {
        this.path = "/v3/global/transactions/" + path;
        this.lifetime = lifetime;
    }

    String path() {
        return path;
    }

    /** How long what WeChat answers can be used to pay. */
    Duration lifetime() {
        return lifetime;
    }

    /** The fields of the answer that may lead the payer on, the likeliest first. */
    List<String> answers() {
        return switch (this) {
            case NATIVE -> List.of("code_url");
            case JSAPI -> List.of("prepay_id");
            // WeChat's page says mweb_url; some code in the field has seen h5_url.
            case MWEB -> List.of("mweb_url", "h5_url");
        };
    }

    /** How WeChat carries that flow, or null when it does not. */
    static @Nullable TradeType of(Flow flow) {
        return switch (flow) {
            case QR -> NATIVE;
            case IN_WALLET -> JSAPI;
            case MOBILE -> MWEB;
            case DESKTOP, BANK, PAY_CODE -> null;
        };
    }
}
