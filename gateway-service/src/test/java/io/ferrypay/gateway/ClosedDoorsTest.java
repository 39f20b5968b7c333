package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedDoorsTest extends GatewayTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/internal/events",
                "/INTERNAL/events",
                "/actuator/health",
                "/actuator/env",
                "//internal/events",
                "/v2/../internal/events",
                "/v2/payments/../../internal/events",
                "/v2/payments/..;/..;/internal/events",
                "/v2/payments/%2e%2e/%2e%2e/internal/events",
                "/v2/payments/..%2f..%2finternal/events",
                "/v2/payments/%2finternal/events",
                "/v2/payments/%252e%252e/internal",
                "/v2/payments/by-reference/..%2F..%2F..%2Finternal/events",
                "/checkout/..;/internal/events",
                "/checkout/%2e%2e/actuator/env",
                "/pay/../actuator/env",
                "/assets/../gateway-service.jwk",
                "/assets/..%2f..%2fgateway-service.jwk",
                "/V2/payments",
                "http://127.0.0.1/internal/events",
                "http://evil.example/actuator/env",
                "*"
            })
    void internal_addresses_are_out_of_reach(String target) {
        var answer = RawHttp.get(port, target, "Authorization: Bearer " + key() + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 404 ");
        assertThat(answer).contains("\"code\":\"not_found\"").contains("Request-Id: req_");
        nobody_was_reached();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/payments/%zz", "/v2/payments/|", "/v2/payments/\\..\\internal"})
    void what_is_no_address_at_all_is_refused_unread(String target) {
        var answer = RawHttp.get(port, target, "Authorization: Bearer " + key() + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        nobody_was_reached();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "TRACE", "PROPFIND", "FERRY"})
    void methods_without_a_use_are_refused(String method) {
        var answer =
                RawHttp.exchange(
                        port,
                        method
                                + " /v2/payments HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                + "Content-Length: 0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 405 ").contains("\"code\":\"method_not_allowed\"");
        assertThat(answer).contains("Allow: GET, HEAD, POST, PUT, PATCH, DELETE");
        nobody_was_reached();
    }

    @Test
    void an_upgrade_opens_no_socket() {
        var answer =
                RawHttp.get(
                        port,
                        "/checkout/nonce",
                        "Upgrade: websocket\r\n",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                        "Sec-WebSocket-Version: 13\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(PAYMENTS.only().headers().get("Upgrade")).isNull();
    }

    @Test
    void two_lengths_in_one_request_smuggle_nothing() {
        var answer =
                RawHttp.exchange(
                        port,
                        "POST /v2/payments HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                                + "Content-Length: 40\r\nConnection: close\r\n\r\nabcd");

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Exception");
        nobody_was_reached();
    }

    @Test
    void every_refusal_carries_the_standing_headers() {
        var answer = RawHttp.get(port, "/nowhere");

        assertThat(answer)
                .contains("Content-Type: application/problem+json")
                .contains("X-Content-Type-Options: nosniff")
                .contains("X-Frame-Options: DENY")
                .contains("Referrer-Policy: no-referrer")
                .contains("Content-Security-Policy: default-src 'none'; frame-ancestors 'none'")
                .contains("Cache-Control: no-store")
                .contains("Ferry-Version: 2026-11-01")
                .doesNotContain("Strict-Transport-Security")
                .doesNotContain("Server:");
    }

    private static void nobody_was_reached() {
        assertThat(PAYMENTS.received()).isEmpty();
        assertThat(NOTIFY.received()).isEmpty();
        assertThat(MERCHANTS.received()).isEmpty();
    }
}
