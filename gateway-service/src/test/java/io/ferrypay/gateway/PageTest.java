package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;

class PageTest extends GatewayTest {

    private static final String SCRIPT = "export const wallet = 'wechat';\n".repeat(100);

    @BeforeEach
    void build_the_app() throws IOException {
        var assets = Files.createDirectories(FOLDER.resolve("web/assets"));
        Files.writeString(FOLDER.resolve("web/index.html"), "<!doctype html><title>Pay</title>");
        Files.writeString(
                FOLDER.resolve("web/static-code.html"), "<!doctype html><title>Counter</title>");
        Files.writeString(
                FOLDER.resolve("web/dynamic-code.html"), "<!doctype html><title>Till</title>");
        var spotpay = Files.createDirectories(FOLDER.resolve("web/spotpay"));
        Files.writeString(spotpay.resolve("index.html"), "<!doctype html><title>SpotPay</title>");
        Files.writeString(spotpay.resolve("manifest.webmanifest"), "{\"name\":\"SpotPay\"}");
        Files.writeString(spotpay.resolve("service-worker.js"), "// shell");
        Files.createDirectories(FOLDER.resolve("web/portal/assets"));
        Files.writeString(
                FOLDER.resolve("web/portal/index.html"),
                "<!doctype html><title>Portal</title><style nonce=\"{style-nonce}\"></style>");
        Files.writeString(FOLDER.resolve("web/portal/assets/main-4d5e6f.js"), SCRIPT);
        Files.writeString(assets.resolve("index-1a2b3c.js"), SCRIPT);
    }

    @Test
    void every_nonce_gets_the_page_fresh_and_locked_down() {
        http.get()
                .uri("/pay/n7d5a88119354301ad3fc250404493bd2")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .valueEquals("Referrer-Policy", "strict-origin")
                .expectHeader()
                .valueEquals("X-Robots-Tag", "noindex, nofollow")
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy ->
                                assertThat(policy)
                                        .contains("default-src 'self'")
                                        .contains("frame-ancestors 'none'")
                                        .doesNotContain("unsafe"))
                .expectBody(String.class)
                .value(page -> assertThat(page).contains("<title>Pay</title>"));
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @Test
    void a_printed_code_leads_to_a_page_of_its_own_fresh_and_locked_down() {
        http.get()
                .uri("/s/4f7k2q8m3n5p")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .value(
                        "Permissions-Policy",
                        policy -> assertThat(policy).startsWith("camera=(), microphone=()"))
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy ->
                                assertThat(policy)
                                        .contains("default-src 'self'")
                                        .doesNotContain("unsafe"))
                .expectBody(String.class)
                .value(page -> assertThat(page).contains("<title>Counter</title>"));
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/q/n7d5a88119354301ad3fc250404493bd2, text/html, <title>Till</title>",
        "/spotpay, text/html, <title>SpotPay</title>",
        "/spotpay/, text/html, <title>SpotPay</title>",
        "/spotpay/shift, text/html, <title>SpotPay</title>",
        "/spotpay/manifest.webmanifest, application/manifest+json, SpotPay",
        "/spotpay/service-worker.js, text/javascript, // shell"
    })
    void the_till_and_its_code_have_pages_fresh_and_locked_down(
            String path, String type, String content) {
        http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.parseMediaType(type))
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .valueEquals(
                        "Permissions-Policy",
                        (path.startsWith("/spotpay") ? "camera=(self)" : "camera=()")
                                + ", microphone=(), geolocation=()")
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy ->
                                assertThat(policy)
                                        .contains("default-src 'self'")
                                        .doesNotContain("unsafe"))
                .expectBody(String.class)
                .value(page -> assertThat(page).contains(content));
    }

    @Test
    void the_portal_is_one_page_whose_styles_show_a_word_of_this_answer() {
        var first = portal("/portal");
        var second = portal("/portal/payments/pay_1?status=paid");

        assertThat(first).isNotEqualTo(second);
        http.get()
                .uri("/portal/assets/main-4d5e6f.js")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "public, max-age=31536000, immutable");
        http.get().uri("/portal/assets/none.js").exchange().expectStatus().isNotFound();
    }

    /** The nonce in the page, which is the one in its policy. */
    private String portal(String path) {
        var answer = http.get().uri(path).exchange().expectStatus().isOk();
        answer.expectHeader().valueEquals("Cache-Control", "no-store");
        var page = answer.expectBody(String.class).returnResult();
        var nonce =
                String.valueOf(page.getResponseBody())
                        .replaceFirst(
                                "(?s).*<title>Portal</title><style nonce=\"([^\"]+)\">.*", "$1");
        assertThat(nonce).hasSizeGreaterThan(20).doesNotContain("<", "{");
        assertThat(page.getResponseHeaders().getFirst("Content-Security-Policy"))
                .contains("style-src 'self' 'nonce-" + nonce + "';")
                .contains("script-src 'self';")
                .doesNotContain("unsafe");
        return nonce;
    }

    @Test
    void the_api_of_the_portal_is_never_answered_by_its_page() {
        for (var path : new String[] {"/portal/api", "/portal/api/v2/unknown"}) {
            http.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectHeader()
                    .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        }
    }

    @Test
    void hashed_assets_are_kept_for_ever_and_sent_packed() {
        // Over the wire: a client library unpacks, and hides that it did.
        var answer = RawHttp.get(port, "/assets/index-1a2b3c.js", "Accept-Encoding: gzip\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("Content-Encoding: gzip\r\n")
                .containsIgnoringCase("Cache-Control: public, max-age=31536000, immutable\r\n")
                .containsIgnoringCase("Content-Type: text/javascript")
                .hasSizeLessThan(SCRIPT.length() / 2);
        var tag = answer.replaceFirst("(?is).*\nETag: ([^\r]+)\r.*", "$1");
        assertThat(RawHttp.get(port, "/assets/index-1a2b3c.js", "If-None-Match: " + tag + "\r\n"))
                .startsWith("HTTP/1.1 304 ");
    }

    @Test
    void a_plain_reader_gets_plain_bytes() {
        http.get()
                .uri("/assets/index-1a2b3c.js")
                .header("Accept-Encoding", "identity")
                .exchange()
                .expectHeader()
                .doesNotExist("Content-Encoding")
                .expectBody(String.class)
                .isEqualTo(SCRIPT);
    }

    @Test
    void a_new_build_is_served_without_a_restart() throws IOException {
        http.get().uri("/pay/n").exchange().expectStatus().isOk();

        Files.writeString(
                FOLDER.resolve("web/index.html"), "<!doctype html><title>New pay</title>");

        http.get()
                .uri("/pay/n")
                .exchange()
                .expectBody(String.class)
                .value(page -> assertThat(page).contains("New pay"));
    }

    @Test
    void files_that_are_not_there_or_not_for_the_web_are_not_found() throws IOException {
        Files.writeString(FOLDER.resolve("web/assets/.env"), "SECRET");
        var link = FOLDER.resolve("web/assets/link.json");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, FOLDER.resolve("gateway-service.jwk"));

        for (var path : new String[] {"/assets/none.js", "/assets/.env", "/assets/link.json"}) {
            http.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("not_found");
        }
    }
}
