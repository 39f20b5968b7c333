package io.ferrypay.local.demo;

import io.ferrypay.local.Refusal;
import io.ferrypay.local.demo.Web.Caller;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One payment from the shop's call to the shop's webhook, each step timed. Every step is done over
 * HTTP, as the one who does it in life would.
 */
public final class Demo {

    private static final long WEBHOOK_LIMIT_MILLIS = 20_000;

    private final String platformUrl;
    private final String sandboxUrl;
    private final String apiKey;
    private final InetAddress here;
    private final Web web = new Web();
    private final List<Step> steps = new ArrayList<>();

    public Demo(String platformUrl, String sandboxUrl, String apiKey) {
        this(platformUrl, sandboxUrl, apiKey, InetAddress.getLoopbackAddress());
    }

    /**
     * @param here where the shop takes webhooks; the platform must reach it
     */
    public Demo(String platformUrl, String sandboxUrl, String apiKey, InetAddress here) {
        this.platformUrl = platformUrl;
        this.sandboxUrl = sandboxUrl;
        this.apiKey = apiKey;
        this.here = here;
    }

    /**
     * @param milliseconds how long this step alone took
     */
    public record Step(String name, String what, double milliseconds) {}

    /** What happened, in the order it happened. */
    public record Outcome(
            String paymentId,
            String merchantReference,
            String status,
            String amount,
            String currency,
            String channelReference,
            String webhookId,
            String webhookSignature,
            boolean signatureVerified,
            List<Step> steps) {

        public Map<String, Object> asJson() {
            var milliseconds = new LinkedHashMap<String, Object>();
            steps.forEach(step -> milliseconds.put(step.name(), step.milliseconds()));
            milliseconds.put(
                    "total",
                    Math.round(steps.stream().mapToDouble(Step::milliseconds).sum() * 10) / 10.0);
            var all = new LinkedHashMap<String, Object>();
            all.put("payment_id", paymentId);
            all.put("merchant_reference", merchantReference);
            all.put("state", status);
            all.put("amount", amount);
            all.put("currency", currency);
            all.put("channel_reference", channelReference);
            all.put(
                    "webhook",
                    Map.of(
                            "id",
                            webhookId,
                            "signature",
                            webhookSignature,
                            "verified",
                            signatureVerified));
            all.put("milliseconds", milliseconds);
            return all;
        }
    }

    public Outcome run() throws InterruptedException {
        try (var shop = Shop.open(here)) {
            var secret =
                    step(
                                    "webhook_secret",
                                    () ->
                                            call(
                                                    "GET",
                                                    platformUrl + "/v2/webhook_secret",
                                                    null,
                                                    apiKey),
                                    answer -> "shop reads the secret that signs its webhooks")
                            .path("secret")
                            .asString();
            var reference =
                    "DEMO-"
                            + UUID.randomUUID()
                                    .toString()
                                    .substring(0, 8)
                                    .toUpperCase(java.util.Locale.ROOT);
            var created =
                    step(
                            "create",
                            () ->
                                    call(
                                            "POST",
                                            platformUrl + "/v2/payments",
                                            order(reference, shop.url()),
                                            apiKey),
                            answer ->
                                    "shop asks for "
                                            + answer.path("amount").asString()
                                            + " "
                                            + answer.path("currency").asString()
                                            + ", payment "
                                            + answer.path("id").asString());
            var nonce = created.path("nonce").asString();
            step(
                    "page",
                    () ->
                            web.open(
                                    new Caller.Nobody(),
                                    reachedFromHere(created.path("redirect_url").asString())),
                    _ -> "shopper's browser opens /pay/" + nonce.substring(0, 6) + "...");
            var view =
                    step(
                            "qr_code",
                            () ->
                                    call(
                                            "POST",
                                            platformUrl + "/checkout/" + nonce + "/attempts",
                                            Map.of("method", "wechat"),
                                            null),
                            answer ->
                                    "page shows a WeChat QR code, "
                                            + answer.path("payer_amount").asString()
                                            + " CNY");
            var codeUrl = view.path("attempt").path("qr").path("content").asString();
            step(
                    "wallet",
                    () ->
                            call(
                                    "POST",
                                    sandboxUrl + "/control/wechat/codes/pay",
                                    Map.of("code_url", codeUrl),
                                    null),
                    _ -> "shopper scans and pays in the (pretend) WeChat wallet");
            var paid =
                    step(
                            "paid",
                            () -> awaitPaid(created.path("id").asString()),
                            _ -> "WeChat's signed notification arrived: the payment is paid");
            var webhook =
                    step(
                            "webhook",
                            () ->
                                    shop.await(
                                                    hook ->
                                                            hook.event()
                                                                            .path("type")
                                                                            .asString()
                                                                            .equals("payment.paid")
                                                                    && hook.event()
                                                                            .path("data")
                                                                            .path("object")
                                                                            .path("id")
                                                                            .asString()
                                                                            .equals(
                                                                                    created.path(
                                                                                                    "id")
                                                                                            .asString()),
                                                    WEBHOOK_LIMIT_MILLIS)
                                            .orElseThrow(() ->
                                                    new Refusal(
                                                            "No payment.paid webhook reached the shop within "
                                                                    + WEBHOOK_LIMIT_MILLIS / 1000
                                                                    + " s.")),
                            hook -> "shop received webhook " + hook.id());
            if (!webhook.isSignedBy(secret, Instant.now().getEpochSecond())) {
                throw new Refusal("The webhook's signature is wrong.");
            }
            return new Outcome(
                    paid.path("id").asString(),
                    reference,
                    paid.path("status").asString(),
                    paid.path("amount").asString(),
                    paid.path("currency").asString(),
                    paid.path("payment_method").path("channel_reference").asString(),
                    webhook.id(),
                    webhook.signature(),
                    true,
                    List.copyOf(steps));
        }
    }

    /** Browsers know the platform by its public address, which may not lead there from here. */
    private String reachedFromHere(String publicUrl) {
        return platformUrl + URI.create(publicUrl).getRawPath();
    }

    private static Map<String, Object> order(String reference, String notifyUrl) {
        return Map.of(
                "merchant_reference", reference,
                "amount", "120.00",
                "currency", "NZD",
                "product_name", "Manuka honey, 500 g",
                "return_url", "https://shop.example/checkout/done",
                "cancel_url", "https://shop.example/cart",
                "notify_url", notifyUrl,
                "expires_in", 900);
    }

    private JsonNode awaitPaid(String id) {
        for (var attempt = 0; attempt < 3; attempt++) {
            var payment =
                    call("GET", platformUrl + "/v2/payments/" + id + "?wait=20", null, apiKey);
            if (payment.path("status").asString().equals("paid")) {
                return payment;
            }
        }
        throw new Refusal("Payment " + id + " did not become paid.");
    }

    private JsonNode call(String method, String url, @Nullable Object body, @Nullable String key) {
        return web.call(
                key == null ? new Caller.Nobody() : new Caller.Shop(key), method, url, body);
    }

    private interface Work<T> {
        T run() throws InterruptedException;
    }

    private <T> T step(String name, Work<T> work, java.util.function.Function<T, String> told)
            throws InterruptedException {
        var begun = System.nanoTime();
        var result = work.run();
        steps.add(
                new Step(
                        name,
                        told.apply(result),
                        Math.round((System.nanoTime() - begun) / 1e5) / 10.0));
        return result;
    }
}
