package io.ferrypay.sandbox.alipay.gateway;

import io.ferrypay.sandbox.alipay.AlipayKeys;
import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.control.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a browser finds behind a signed address. */
@Component
public class Gateway {

    private final AlipayKeys keys;
    private final AlipaySandboxProperties properties;
    private final TradeService service;
    private final SandboxClock clock;

    Gateway(
            AlipayKeys keys,
            AlipaySandboxProperties properties,
            TradeService service,
            SandboxClock clock) {
        this.keys = keys;
        this.properties = properties;
        this.service = service;
        this.clock = clock;
    }

    /**
     * The order a browser's visit to that address begins, or finds.
     *
     * @throws IllegalArgumentException with Alipay's error code when it would see an error page
     */
    public Trade visit(@Nullable String query) {
        try {
            var call = GatewayCall.read(query, new byte[0]);
            check(call);
            return service.create(call);
        } catch (GatewayError e) {
            throw new IllegalArgumentException(e.code());
        }
    }

    /** In Alipay's order: whoever asks for something unknown is told that first. */
    void check(GatewayCall call) {
        call.operation();
        call.requirePartner(properties);
        call.requireProof(keys);
        call.requireFreshTimestamp(clock.wireTime());
    }
}
