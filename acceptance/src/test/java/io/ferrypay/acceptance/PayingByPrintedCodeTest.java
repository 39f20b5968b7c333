package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the poster on the counter to the payment in the shop's books. */
class PayingByPrintedCodeTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final RunningPlatform platform = new RunningPlatform();

    @Test
    void a_shopper_scans_the_demo_shops_code_types_an_amount_and_pays() {
        var code = demoCode();
        var link = link(code);

        var view = platform.shopper("GET", "/static-codes/" + link, null);
        assertThat(view.body().path("status").asString()).isEqualTo("active");
        assertThat(view.body().path("serial")).isEqualTo(code.path("serial"));
        var paid = pay(link, "35.50");

        assertThat(platform.status(paid.path("id").asString())).isEqualTo("paid");
        assertThat(paid.path("static_code")).isEqualTo(code.path("id"));
        assertThat(paid.path("amount").asString()).isEqualTo("35.50");
        await().atMost(SOON).until(() -> told(paid).equals(code.path("id").asString()));
    }

    @Test
    void a_rotated_code_is_paid_by_its_new_link_only() {
        var store =
                platform.shop(
                        "POST",
                        "/v2/stores",
                        Map.of(
                                "name",
                                "Wharf",
                                "address",
                                "1 Quay Street, Auckland",
                                "time_zone",
                                "Pacific/Auckland"));
        assertThat(store.status()).isEqualTo(201);
        var made =
                platform.shop(
                        "POST",
                        "/v2/static_codes",
                        Map.of(
                                "store",
                                store.body().path("id").asString(),
                                "label",
                                "Honey stand",
                                "currency",
                                "NZD",
                                "amount",
                                "4.50"));
        assertThat(made.status()).isEqualTo(201);
        var path = "/v2/static_codes/" + made.body().path("id").asString();
        awaitKnown(link(made.body()));
        var picture = platform.shop("GET", path + "/qr.svg", null);
        assertThat(picture.contentType()).startsWith("image/svg+xml");

        var rotated = platform.shop("POST", path + ":rotate", null).body();
        awaitKnown(link(rotated));

        assertThat(
                        platform.shopper("GET", "/static-codes/" + link(made.body()), null)
                                .body()
                                .path("status")
                                .asString())
                .isEqualTo("replaced");
        assertThat(tap(link(made.body()), "4.50").code()).isEqualTo("code_replaced");
        assertThat(tap(link(rotated), "0.01").code()).isEqualTo("amount_is_fixed");
        assertThat(pay(link(rotated), "4.50").path("amount").asString()).isEqualTo("4.50");
        platform.shop("POST", path + ":disable", null);
        await().atMost(SOON).until(() -> tap(link(rotated), "4.50").code().equals("code_disabled"));
    }

    /** Of which code the webhook about that payment speaks. */
    private String told(JsonNode payment) {
        return platform.shop("GET", "/v2/events?type=payment.paid&limit=100", null)
                .body()
                .path("data")
                .valueStream()
                .map(event -> event.path("data").path("object"))
                .filter(object -> object.path("id").equals(payment.path("id")))
                .map(object -> object.path("static_code").asString(""))
                .findFirst()
                .orElse("");
    }

    private JsonNode demoCode() {
        return platform.shop("GET", "/v2/static_codes?limit=100", null)
                .body()
                .path("data")
                .valueStream()
                .filter(code -> code.path("label").asString().equals("Counter 1"))
                .findFirst()
                .orElseThrow();
    }

    private static String link(JsonNode code) {
        return code.path("url").asString().replaceFirst(".*/s/", "");
    }

    private void awaitKnown(String link) {
        await().atMost(SOON)
                .until(() ->
                        platform.shopper("GET", "/static-codes/" + link, null).status() == 200);
    }

    private RunningPlatform.Answer tap(String link, String amount) {
        return platform.shopper(
                "POST",
                "/static-codes/" + link + "/payments",
                Map.of("token", UUID.randomUUID().toString().replace("-", ""), "amount", amount));
    }

    /** Pays by WeChat, and waits until the shop knows. */
    private JsonNode pay(String link, String amount) {
        var made = tap(link, amount);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        var nonce = made.body().path("redirect_url").asString().replaceFirst(".*/pay/", "");
        var shown =
                platform.shopper(
                        "POST", "/checkout/" + nonce + "/attempts", Map.of("method", "wechat"));
        platform.sandbox(
                "POST",
                "/control/wechat/codes/pay",
                Map.of(
                        "code_url",
                        shown.body().path("attempt").path("qr").path("content").asString()));
        var reference = shown.body().path("merchant_reference").asString();
        await().atMost(SOON)
                .until(() -> byReference(reference).path("status").asString().equals("paid"));
        return byReference(reference);
    }

    private JsonNode byReference(String reference) {
        return platform.shop("GET", "/v2/payments/by-reference/" + reference, null).body();
    }
}
