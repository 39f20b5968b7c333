package io.ferrypay.bench;

import java.io.IOException;
import java.util.Map;

/**
 * Pays by one channel: creates at the payment service, chooses on the pay page, pays at the
 * pretended company, and waits until the service calls it paid. The gateway and webhooks stay out
 * of it.
 */
final class ChannelShopper {

    private static final int MOST_WAITS = 4;

    private final Channel channel;
    private final Shopfront shop;
    private final GatewayToken token;
    private final Target target;

    ChannelShopper(Channel channel, Shopfront shop, GatewayToken token, Target target) {
        this.channel = channel;
        this.shop = shop;
        this.token = token;
        this.target = target;
    }

    void pay() throws IOException {
        var payment =
                shop.createAndRead(target.paymentUrl() + "/v2/payments", token.current(), null);
        var attempt =
                shop.post(
                                target.paymentUrl()
                                        + "/checkout/"
                                        + payment.path("nonce").asString()
                                        + "/attempts",
                                channel.choice())
                        .path("attempt");
        var control = target.sandboxUrl() + "/control/" + channel.company();
        if (attempt.path("qr").isObject()) {
            shop.post(
                    control + "/codes/pay",
                    Map.of("code_url", attempt.path("qr").path("content").asString()));
        } else {
            var form = attempt.path("form");
            var left =
                    shop.post(
                            control + "/browser/pay",
                            Map.of(
                                    "action",
                                    form.path("action").asString(),
                                    "fields",
                                    form.path("fields")));
            // The bank notifies in batches, later; what is waited for is the browser coming back.
            shop.comeBack(left.path("return_url").asString(), left.path("return_fields"));
        }
        awaitPaid(payment.path("id").asString());
    }

    private void awaitPaid(String id) throws IOException {
        var status = "";
        for (var wait = 0; wait < MOST_WAITS; wait++) {
            status =
                    shop.get(
                                    target.paymentUrl() + "/v2/payments/" + id + "?wait=8",
                                    token.current())
                            .path("status")
                            .asString();
            if (status.equals("paid")) {
                return;
            }
        }
        throw new IOException(channel.title() + ": the payment is still " + status);
    }
}
