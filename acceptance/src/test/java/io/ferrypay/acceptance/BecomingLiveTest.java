package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From signing up to the first key of live mode, through the gateway and the staff's API. */
class BecomingLiveTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern TOKEN = Pattern.compile("#token=([0-9A-Za-z_-]{43})");
    private static final String ONBOARDING = "/portal/api/onboarding";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RunningPlatform platform = new RunningPlatform();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new TreeMap<>();

    @Test
    void a_shop_signs_up_says_who_it_is_and_gets_its_live_key_after_two_people_looked()
            throws Exception {
        signUp();
        assertThat(live("GET", "/portal/api/v2/payments", null).code())
                .isEqualTo("merchant_not_live");

        sayWhoYouAre();
        handInPapers();
        var onboarding = portal("GET", ONBOARDING, null);
        var submitted =
                portal(
                        "POST",
                        ONBOARDING + ":submit",
                        Map.of(
                                "version",
                                onboarding.body().path("version").asLong(),
                                "agrees",
                                true));
        assertThat(submitted.status()).as(submitted.toString()).isEqualTo(200);
        review(submitted.body().path("id").asString());

        var session = portal("GET", "/portal/api/session", null);
        assertThat(session.body().path("merchant").path("status").asString()).isEqualTo("active");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(live("GET", "/portal/api/v2/payments", null).status())
                                .isEqualTo(200));
        var key = live("POST", "/portal/api/v2/api_keys", Map.of("name", "shop", "kind", "secret"));
        assertThat(key.body().path("secret").asString()).startsWith("sk_live_");
        // Whom a payment is for is known by the event: made by signing up, changed by the approval.
        await().atMost(SOON)
                .until(() ->
                        platform.queryOne(
                                        "payment_channel",
                                        "select version from merchant_copy where merchant_id = ?",
                                        session.body().path("merchant").path("id").asString())
                                .equals("2"));
    }

    private void signUp() throws IOException {
        var email = "shop" + UUID.randomUUID() + "@shop.example";
        portal("GET", "/portal/api/session", null);
        assertThat(
                        portal(
                                        "POST",
                                        "/portal/api/sign_up",
                                        Map.of(
                                                "email", email,
                                                "name", "Mere Tane",
                                                "business_name", "Kauri Books",
                                                "language", "en"))
                                .status())
                .isEqualTo(202);
        var token =
                await().atMost(SOON).until(() -> tokenMailedTo(email), found -> !found.isEmpty());
        var joined =
                portal(
                        "POST",
                        "/portal/api/sign_up:complete",
                        Map.of("token", token, "password", "correct horse " + UUID.randomUUID()));
        assertThat(joined.status()).as(joined.toString()).isEqualTo(201);
    }

    private String tokenMailedTo(String email) throws IOException {
        try (var mails = Files.list(platform.home().resolve("mailbox"))) {
            return mails.filter(mail -> mail.toString().endsWith(".txt"))
                    .map(BecomingLiveTest::read)
                    .filter(mail -> mail.startsWith("To: " + email + "\n"))
                    .map(TOKEN::matcher)
                    .filter(java.util.regex.Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElse("");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sayWhoYouAre() {
        save(
                "business",
                Map.of(
                        "type", "company",
                        "legal_name", "Kauri Books Limited",
                        "trading_name", "Kauri Books",
                        "nzbn", "9429041535110",
                        "company_number", "5555555",
                        "description", "Books",
                        "phone", "+64 9 555 0100",
                        "address",
                                Map.of(
                                        "line1", "1 Quay Street",
                                        "city", "Auckland",
                                        "postcode", "1010",
                                        "country", "NZ")));
        save(
                "people",
                Map.of(
                        "people",
                        List.of(
                                Map.of(
                                        "name", "Mere Tane",
                                        "birth_date", "1980-02-29",
                                        "nationality", "NZ",
                                        "director", true,
                                        "share_percent", "100")),
                        "all_listed",
                        true));
        save(
                "bank_account",
                Map.of(
                        "holder_name", "Kauri Books Limited",
                        "account_number", "01-0902-0068389-00"));
        save(
                "methods",
                Map.of(
                        "methods", List.of("wechat", "alipay"),
                        "expected_monthly", "20000.00",
                        "expected_average", "60.00"));
        save("sites", Map.of("websites", List.of("https://kauri.example")));
    }

    private void save(String section, Map<String, ?> data) {
        var saved = portal("PUT", ONBOARDING + "/" + section, Map.of("version", 0, "data", data));
        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
    }

    private void handInPapers() {
        var documents = ONBOARDING + "/documents?kind=";
        assertThat(upload(documents + "identity&name=passport.pdf", pdf("a passport")).status())
                .isEqualTo(201);
        assertThat(upload(documents + "proof_of_address", pdf("x".repeat(5_000_000))).status())
                .isEqualTo(201);
        assertThat(upload(documents + "bank_statement", pdf("a statement")).status())
                .isEqualTo(201);
        assertThat(upload(documents + "other", new byte[10 * 1024 * 1024 + 1]).code())
                .isEqualTo("payload_too_large");
        assertThat(upload(documents + "other", "<html>".getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo("document_type_not_allowed");
    }

    private Answer upload(String path, byte[] file) {
        return send(
                platform.url,
                "POST",
                path,
                Map.of("X-XSRF-TOKEN", cookies.getOrDefault("XSRF-TOKEN", "")),
                BodyPublishers.ofByteArray(file));
    }

    private static byte[] pdf(String text) {
        return ("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Note ("
                        + text
                        + ") >>\nendobj\n"
                        + "xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R >>\nstartxref\n60\n%%EOF\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** There is no list of sanctions on this machine, so two people have to look. */
    private void review(String id) {
        var taken = staff(id + ":take", act("ann", staff(id, null)));
        var first = staff(id + ":approve", act("ann", taken));
        assertThat(first.body().path("status").asString()).isEqualTo("in_review");
        assertThat(staff(id + ":approve", act("ann", first)).code())
                .isEqualTo("second_reviewer_needed");
        var second = staff(id + ":approve", act("bob", first));
        assertThat(second.body().path("status").asString())
                .as(second.toString())
                .isEqualTo("approved");
    }

    private static Map<String, Object> act(String reviewer, Answer seen) {
        return Map.of(
                "reviewer",
                reviewer,
                "version",
                seen.body().path("version").asLong(),
                "reason",
                "Nobody on the list by hand.");
    }

    private Answer staff(String path, Map<String, Object> body) {
        var wanted = body;
        if (wanted != null && path.endsWith(":take")) {
            wanted = new TreeMap<>(body);
            wanted.remove("reason");
        }
        return send(
                platform.merchantServiceUrl(),
                wanted == null ? "GET" : "POST",
                "/internal/onboarding/applications/" + path,
                Map.of(
                        "Authorization",
                        "Bearer "
                                + ServiceToken.of(
                                        platform.home().resolve("identity/trade-admin-service.jwk"),
                                        "merchant-service"),
                        "Content-Type",
                        "application/json"),
                wanted == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(wanted)));
    }

    private record Answer(int status, JsonNode body) {

        String code() {
            return body.path("code").asString("");
        }
    }

    private Answer portal(String method, String path, Object body) {
        return portal(method, path, body, "test");
    }

    private Answer live(String method, String path, Object body) {
        return portal(method, path, body, "live");
    }

    private Answer portal(String method, String path, Object body, String mode) {
        return send(
                platform.url,
                method,
                path,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Ferry-Mode",
                        mode,
                        "Idempotency-Key",
                        UUID.randomUUID().toString(),
                        "X-XSRF-TOKEN",
                        cookies.getOrDefault("XSRF-TOKEN", "")),
                body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private Answer send(
            String base,
            String method,
            String path,
            Map<String, String> headers,
            BodyPublisher body) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).method(method, body);
        headers.forEach(request::header);
        if (base.equals(platform.url) && !cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    String.join(
                            "; ",
                            cookies.entrySet().stream()
                                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                    .toList()));
        }
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            var type = answer.headers().firstValue("Content-Type").orElse("");
            return new Answer(
                    answer.statusCode(),
                    type.contains("json") ? JSON.readTree(answer.body()) : JSON.createObjectNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String cookie) {
        var pair = cookie.split(";", 2)[0].split("=", 2);
        if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}
