package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request before any service looks at it. */
class BadInputTest extends GatewayTest {

    private static final int LIMIT = 64 * 1024;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /v2/nothing   |                            | 0       | 404 | not_found",
                "GET  | /v2/payments  |                            | 0       | 401 | unauthenticated",
                "GET  | /v2/payments  | Ferry-Version: 2025-01-01  | 0       | 400 | unsupported_version",
                "GET  | /v2/payments  | Ferry-Version: latest      | 0       | 400 | unsupported_version",
                "GET  | /checkout/n   | Ferry-Version: 2026-11-02  | 0       | 400 | unsupported_version",
                "POST | /v2/payments  |                            | 65537   | 413 | payload_too_large",
                "POST | /v2/payments  |                            | 1048576 | 413 | payload_too_large",
                "POST | /channels/wechat/notifications/a |         | 65537   | 413 | payload_too_large",
                "POST | /checkout/n/attempts             |         | 1048576 | 413 | payload_too_large",
                "POST | /pay/nonce    |                            | 0       | 405 | method_not_allowed",
                "TRACE | /v2/payments |                            | 0       | 405 | method_not_allowed"
            })
    void bad_requests_get_a_problem_with_a_stable_code(
            String method, String path, String header, int length, int status, String code) {
        var answer =
                RawHttp.exchange(
                        port,
                        "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n"
                                .formatted(
                                        method,
                                        path,
                                        header == null ? "" : header + "\r\n",
                                        length));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer)
                .contains("Content-Type: application/problem+json")
                .contains("\"code\":\"" + code + "\"")
                .contains("\"request_id\":\"req_");
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @Test
    void a_body_of_exactly_the_limit_passes() {
        var answer = post(key(), "Content-Length: " + LIMIT, "x".repeat(LIMIT));

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(PAYMENTS.only().body()).hasSize(LIMIT);
    }

    @Test
    void a_chunked_body_is_counted_too() {
        var fits = post(key(), "Transfer-Encoding: chunked", chunks(LIMIT));
        assertThat(fits).startsWith("HTTP/1.1 200 ");
        assertThat(PAYMENTS.only().headers().get("Content-Length")).isEqualTo("65536");
        assertThat(PAYMENTS.only().headers().get("Transfer-Encoding")).isNull();
        PAYMENTS.reset();

        var tooMuch = post(key(), "Transfer-Encoding: chunked", chunks(LIMIT + 1));

        assertThat(tooMuch).startsWith("HTTP/1.1 413 ").contains("\"code\":\"payload_too_large\"");
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @Test
    void a_body_that_does_not_come_is_not_waited_for() {
        var answer = post(key(), "Content-Length: 100", "only the beginning");

        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"request_timeout\"");
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @Test
    void a_chunk_that_lies_about_its_size_reaches_nobody() {
        var answer = post(key(), "Transfer-Encoding: chunked", "zz\r\nhello\r\n0\r\n\r\n");

        assertThat(answer).doesNotContain("Exception").doesNotStartWith("HTTP/1.1 2");
        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(2))
                .until(() -> PAYMENTS.received().isEmpty());
    }

    @Test
    void headers_beyond_all_measure_are_refused() {
        var answer = RawHttp.get(port, "/v2/payments", "X-Long: " + "a".repeat(40_000) + "\r\n");

        // Closed with bytes unread, the connection may be reset before the 431 is read.
        assertThat(answer).matches("(?s)HTTP/1.1 431 .*|closed: .*");
        assertThat(PAYMENTS.received()).isEmpty();
    }

    private String post(String key, String lengthHeader, String body) {
        return RawHttp.exchange(
                port,
                "POST /v2/payments HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Authorization: Bearer "
                        + key
                        + "\r\n"
                        + lengthHeader
                        + "\r\n\r\n"
                        + body);
    }

    private static String chunks(int total) {
        var text = new StringBuilder();
        for (var sent = 0; sent < total; sent += 8_192) {
            var size = Math.min(8_192, total - sent);
            text.append(Integer.toHexString(size)).append("\r\n");
            text.append("x".repeat(size)).append("\r\n");
        }
        return text.append("0\r\n\r\n").toString();
    }
}
