package io.ferrypay.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.ferrypay.notify.webhook.Receiver.Webhook;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Our signatures, judged by the specification's own library and by the JDK. */
class SignatureTest extends NotifyServiceTest {

    @Test
    void the_specifications_library_accepts_what_goes_to_an_endpoint() throws Exception {
        try (var shop = new Receiver()) {
            var secret = register(shop).body().path("secret").asString();
            var webhook = toldTo(shop);

            judge(secret, webhook, webhook.body());
            assertThatThrownBy(() -> judge(secret, webhook, webhook.body().replace("paid", "lost")))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void what_goes_to_a_notify_url_is_signed_with_the_merchants_own_secret() throws Exception {
        try (var shop = new Receiver()) {
            var event = paid(shop.url());
            happen(event);
            await().atMost(SOON).until(() -> !shop.received().isEmpty());
            var secret = call("GET", "/v2/webhook_secret", null).body().path("secret").asString();
            var webhook = shop.received().getFirst();

            judge(secret, webhook, webhook.body());
            var others =
                    call(
                                    "GET",
                                    "/v2/webhook_secret",
                                    null,
                                    tokenOf(
                                            "mer_01JD0000000000000000ANDERE",
                                            "test",
                                            "webhooks:write"))
                            .body()
                            .path("secret")
                            .asString();
            assertThat(others).startsWith("whsec_").isNotEqualTo(secret);
            assertThatThrownBy(() -> judge(others, webhook, webhook.body()))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void the_platforms_own_signature_holds_for_its_public_key() throws Exception {
        try (var shop = new Receiver()) {
            register(shop);
            var webhook = toldTo(shop);
            var key =
                    call("GET", "/v2/webhook_public_keys", null)
                            .body()
                            .at("/data/0/public_key")
                            .asString();

            assertThat(key).startsWith("whpk_");
            var raw = Base64.getDecoder().decode(key.substring("whpk_".length()));
            // RFC 8410: what stands before the 32 bytes in a public key of this kind.
            var prefix = HexFormat.of().parseHex("302a300506032b6570032100");
            var encoded = Arrays.copyOf(prefix, prefix.length + raw.length);
            System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(
                    "%s.%s.%s"
                            .formatted(
                                    webhook.id(),
                                    webhook.headers().get("webhook-timestamp"),
                                    webhook.body())
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(verifier.verify(Base64.getDecoder().decode(one("v1a,", webhook)))).isTrue();
        }
    }

    @Test
    void during_a_rotation_both_secrets_hold_and_afterwards_only_the_new_one() throws Exception {
        try (var shop = new Receiver()) {
            var made = register(shop).body();
            var old = made.path("secret").asString();
            var id = made.path("id").asString();
            var fresh = rotatedSecret(id);
            assertThat(fresh).isNotEqualTo(old);

            var during = toldTo(shop);
            judge(old, during, during.body());
            judge(fresh, during, during.body());

            jdbc.sql("update old_secret set ends_at = now() where endpoint_id = ?")
                    .param(id)
                    .update();
            var after = toldTo(shop);
            judge(fresh, after, after.body());
            assertThatThrownBy(() -> judge(old, after, after.body()))
                    .isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void a_second_rotation_leaves_the_first_secret_its_whole_overlap() throws Exception {
        try (var shop = new Receiver()) {
            var made = register(shop).body();
            var id = made.path("id").asString();
            var secrets =
                    List.of(made.path("secret").asString(), rotatedSecret(id), rotatedSecret(id));
            assertThat(secrets).doesNotHaveDuplicates();

            var webhook = toldTo(shop);
            for (var secret : secrets) {
                judge(secret, webhook, webhook.body());
            }
        }
    }

    private String rotatedSecret(String endpoint) {
        return call("POST", "/v2/webhook_endpoints/" + endpoint + ":rotate_secret", null)
                .body()
                .path("secret")
                .asString();
    }

    @Test
    void secrets_are_shown_once_and_never_stored_or_logged_as_they_are() throws Exception {
        try (var shop = new Receiver()) {
            var made = register(shop).body();
            var secret = made.path("secret").asString();
            var event = toldTo(shop);

            assertThat(
                            call("GET", "/v2/webhook_endpoints/" + made.path("id").asString(), null)
                                    .body()
                                    .has("secret"))
                    .isFalse();
            assertThat(
                            jdbc.sql("select sealed_secret from webhook_endpoint where id = ?")
                                    .param(made.path("id").asString())
                                    .query(String.class)
                                    .single())
                    .doesNotContain(secret.substring("whsec_".length()));
            await().atMost(SOON).until(() -> stateOf(event.id()).equals("delivered"));
            var log = call("GET", "/v2/events/" + event.id() + "/deliveries", null).body();
            assertThat(log.at("/data/0/log/0/request_headers").asString())
                    .contains("webhook-signature: v1,… v1a,…");
            assertThat(log.at("/data/0/log/0/duration_millis").isInt()).isTrue();
        }
    }

    private Webhook toldTo(Receiver shop) {
        var before = shop.received().size();
        happen(paid(null));
        await().atMost(SOON).until(() -> shop.received().size() > before);
        return shop.received().getLast();
    }

    private static void judge(String secret, Webhook webhook, String body)
            throws WebhookVerificationException {
        var headers =
                webhook.headers().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        header -> header.getKey(),
                                        header -> List.of(header.getValue())));
        new com.standardwebhooks.Webhook(secret)
                .verify(body, HttpHeaders.of(headers, (_, _) -> true));
    }

    private static String one(String version, Webhook webhook) {
        return Arrays.stream(webhook.headers().getOrDefault("webhook-signature", "").split(" ", -1))
                .filter(signature -> signature.startsWith(version))
                .findFirst()
                .orElseThrow()
                .substring(version.length());
    }
}
