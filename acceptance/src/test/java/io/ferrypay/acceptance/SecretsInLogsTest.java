package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Secrets and personal data, planted in every place that takes text, in good requests and in bad
 * ones, appear in no log of any process.
 */
@Isolated
class SecretsInLogsTest {

    private static final String MARK = Long.toString(System.nanoTime(), 36);

    private static final String CARD = "4111111111111111";
    private static final String CARD_SPACED = "5500 0055 5555 5559";
    private static final String CHINESE_ID = "11010519491231002X";
    private static final String PHONE = "+8613800138017";
    private static final String BANK_ACCOUNT = "12-3456-7890123-00";
    private static final String EMAIL = "planted." + MARK + "@shopper.example";
    private static final String PERSON = "Zhang Planted " + MARK;
    private static final String PASSWORD = "correct horse " + MARK;
    private static final String HOOK_SECRET = "hook-secret-" + MARK;
    private static final String FOREIGN_KEY =
            "sk_test_PLANTED" + MARK + "xxxxxxxxxxxxxxxxxxxxxxxxx";

    private static final List<String> PERSONAL =
            List.of(CARD, CARD_SPACED, CHINESE_ID, PHONE, BANK_ACCOUNT, EMAIL, PERSON);

    private final RunningPlatform platform = new RunningPlatform();

    @Test
    void nothing_planted_is_in_any_log() throws IOException {
        var before = ends();

        ordersThatAreTaken();
        ordersThatAreNot();
        otherDoors();
        wrongCredentials();

        var written = written(before);
        assertThat(written).as("logs that were read").isNotEmpty();
        var planted = new ArrayList<>(PERSONAL);
        planted.addAll(List.of(PASSWORD, HOOK_SECRET, FOREIGN_KEY));
        planted.addAll(secretsOfThePlatform());
        written.forEach((log, text) ->
                planted.forEach(secret ->
                        assertThat(text.contains(secret))
                                .as("%s holds what begins with %.6s", log, secret)
                                .isFalse()));
    }

    private void ordersThatAreTaken() {
        for (var personal : PERSONAL) {
            var answer = platform.shop("POST", "/v2/payments", order(personal));
            assertThat(answer.status()).isEqualTo(201);
            var nonce = answer.body().path("nonce").asString();
            assertThat(
                            platform.shopper(
                                            "POST",
                                            "/checkout/" + nonce + "/attempts",
                                            Map.of("method", "wechat", "openid", personal))
                                    .status())
                    .isLessThan(500);
        }
    }

    /** The same in each field, too long, of another kind, with what PostgreSQL can't keep. */
    private void ordersThatAreNot() {
        for (var personal : PERSONAL) {
            for (var field : order(personal).keySet()) {
                for (var bad :
                        List.of(personal.repeat(40), personal + "\u0000", List.of(personal))) {
                    var order = order(personal);
                    order.put(field, bad);
                    assertThat(platform.shop("POST", "/v2/payments", order).status())
                            .isLessThan(500);
                }
            }
            var twice = order(personal);
            platform.shop("POST", "/v2/payments", twice);
            assertThat(platform.shop("POST", "/v2/payments", twice).status()).isEqualTo(409);
            assertThat(platform.shop("POST", "/v2/payments", "{\"amount\": \"" + personal).status())
                    .isLessThan(500);
            platform.shop("GET", "/v2/payments?merchant_reference=" + personal.strip(), null);
            platform.shop("GET", "/v2/payments/" + personal.replace(' ', '_'), null);
        }
    }

    private void otherDoors() {
        for (var personal : PERSONAL) {
            var text = Map.of("name", personal, "surprise", personal);
            for (var path :
                    List.of(
                            "/v2/bank_accounts",
                            "/v2/withdrawals",
                            "/v2/stores",
                            "/v2/static_codes",
                            "/v2/devices:pair",
                            "/v2/webhook_endpoints",
                            "/v2/exports",
                            "/v2/fx/quotes",
                            "/v2/spotpay/charges")) {
                platform.shop("POST", path, text);
            }
            platform.shop(
                    "POST",
                    "/v2/bank_accounts",
                    Map.of(
                            "holder",
                            personal,
                            "account_number",
                            personal,
                            "currency",
                            "NZD",
                            "country",
                            "NZ"));
            platform.anyone("POST", "/portal/api/sign_up", Map.of("email", EMAIL), origin());
            platform.anyone(
                    "POST",
                    "/portal/api/sign_in",
                    Map.of("email", EMAIL, "password", PASSWORD),
                    origin());
            platform.anyone(
                    "POST",
                    "/console/api/sign_in",
                    Map.of("email", EMAIL, "password", PASSWORD, "note", personal),
                    origin());
        }
        platform.shop(
                "POST",
                "/v2/webhook_endpoints",
                Map.of(
                        "url",
                        "http://127.0.0.1:9/hooks?token=" + HOOK_SECRET,
                        "event_types",
                        List.of("payment.*")));
        platform.shopper(
                "POST", "/channels/wechat/notifications/wechat-test", Map.of("id", PERSON));
    }

    private void wrongCredentials() {
        for (var path : List.of("/v2/payments", "/v2/balances", "/v2/devices", "/v2/nothing")) {
            platform.anyone("GET", path, null, Map.of("Authorization", "Bearer " + FOREIGN_KEY));
            platform.anyone("GET", path + "?key=" + FOREIGN_KEY, null, Map.of());
        }
    }

    private Map<String, String> origin() {
        return Map.of("Origin", platform.url);
    }

    private static Map<String, Object> order(String personal) {
        var order =
                new LinkedHashMap<String, Object>(
                        RunningPlatform.order(RunningPlatform.newReference(), null));
        order.put("product_name", personal);
        order.put("description", personal);
        order.put("metadata", new HashMap<>(Map.of("payer", personal)));
        order.put("payer", Map.of("email", EMAIL));
        order.put(
                "notify_url", "http://127.0.0.1:9/hooks?token=" + HOOK_SECRET + UUID.randomUUID());
        return order;
    }

    /** Keys and passwords that the platform itself works with. */
    private List<String> secretsOfThePlatform() throws IOException {
        var secrets = new ArrayList<String>();
        secrets.add(Files.readString(platform.home().resolve("demo-api-key.txt")).strip());
        var made =
                tools.jackson.databind.json.JsonMapper.shared()
                        .readTree(Files.readString(platform.home().resolve("secrets.json")));
        secrets.add(made.path("keyEncryptionKey").asString());
        made.path("databasePasswords").forEach(password -> secrets.add(password.asString()));
        secrets.add(
                platform.shop("GET", "/v2/webhook_secret", null).body().path("secret").asString());
        for (var file :
                List.of("wechat/api-v3-key.txt", "wechat/app-secret.txt", "jdpay/des-key.txt")) {
            secrets.add(Files.readString(platform.channelFolders().resolve(file)).strip());
        }
        assertThat(secrets).noneMatch(String::isBlank);
        return secrets;
    }

    private List<Path> logs() throws IOException {
        var all = new ArrayList<Path>();
        try (var files = Files.walk(platform.home(), 2)) {
            files.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .filter(Files::isRegularFile)
                    .forEach(all::add);
        }
        return all;
    }

    private Map<Path, Long> ends() throws IOException {
        var ends = new HashMap<Path, Long>();
        for (var log : logs()) {
            ends.put(log, Files.size(log));
        }
        return ends;
    }

    private Map<Path, String> written(Map<Path, Long> before) throws IOException {
        var written = new LinkedHashMap<Path, String>();
        for (var log : logs()) {
            try (var channel = Files.newByteChannel(log)) {
                channel.position(Math.min(before.getOrDefault(log, 0L), channel.size()));
                var bytes = java.nio.channels.Channels.newInputStream(channel).readAllBytes();
                written.put(log, new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return written;
    }
}
