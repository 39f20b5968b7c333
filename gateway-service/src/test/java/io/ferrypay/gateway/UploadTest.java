package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files on their way to merchant-service, and what is replaced by PUT. */
class UploadTest extends GatewayTest {

    private static final String UPLOADS = "/portal/api/onboarding/documents";
    private static final int LIMIT = 10 * 1024 * 1024;

    @Test
    void a_file_of_ten_megabytes_passes_with_its_length_and_the_session() {
        var answer =
                exchange(UPLOADS + "?kind=identity", "Content-Length: " + LIMIT, "x".repeat(LIMIT));

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        var seen = MERCHANTS.only();
        assertThat(seen.uri()).isEqualTo(UPLOADS + "?kind=identity");
        assertThat(seen.body()).hasSize(LIMIT);
        assertThat(seen.headers().get("Content-Length")).isEqualTo(String.valueOf(LIMIT));
        assertThat(seen.headers().get("Cookie")).isEqualTo("ferry_portal=abc");
        assertThat(seen.headers().get("Authorization")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        UPLOADS + ", Content-Length: 10485761, 413, payload_too_large",
        UPLOADS + ", Transfer-Encoding: chunked, 400, invalid_request",
        UPLOADS + "/, Content-Length: 65537, 413, payload_too_large",
        "/portal/api/onboarding/business, Content-Length: 65537, 413, payload_too_large",
        "/v2/payments, Content-Length: 65537, 413, payload_too_large"
    })
    void no_other_door_and_no_larger_file_is_taken(
            String path, String length, int status, String code) {
        var answer = exchange(path, length, "");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\"code\":\"" + code);
        assertThat(MERCHANTS.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        UPLOADS + "/doc_01JD0000000000000000000000/content, true",
        UPLOADS + "/doc_01JD0000000000000000000000, false",
        UPLOADS + ", false",
        "/portal/api/onboarding, false"
    })
    void what_comes_out_of_a_strangers_file_runs_in_a_sandbox(String path, boolean sandboxed) {
        var answer = RawHttp.get(port, path, "Cookie: ferry_portal=abc\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains(
                        "Content-Security-Policy: "
                                + (sandboxed ? "sandbox; " : "")
                                + "default-src 'none'; frame-ancestors 'none'\r\n");
    }

    @Test
    void a_file_may_take_longer_to_arrive_than_an_answer() throws IOException {
        try (var socket = begin(10)) {
            await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
            socket.getOutputStream().write("56789".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);

            var answer =
                    new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            assertThat(answer).isEqualTo("HTTP/1.1 200");
            assertThat(MERCHANTS.only().body()).isEqualTo("0123456789");
        }
    }

    @Test
    void half_a_file_is_nobodys_wish() throws IOException {
        begin(100_000).close();

        await().during(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(3))
                .until(() -> MERCHANTS.received().isEmpty());
        var next = exchange(UPLOADS, "Content-Length: 5", "whole");
        assertThat(next).startsWith("HTTP/1.1 200 ");
        assertThat(MERCHANTS.only().body()).isEqualTo("whole");
    }

    @ParameterizedTest
    @CsvSource({
        "/portal/api/onboarding/business, 200",
        "/v2/static_codes/sc_1/limits, 200",
        "/v2/cashiers/cas_1/limits, 200",
        "/v2/payments/pay_1, 405",
        "/v2/api_keys/key_1, 405",
        UPLOADS + ", 405",
        "/pay/nonce, 405"
    })
    void put_has_a_use_at_three_doors(String path, int status) {
        var answer =
                RawHttp.exchange(
                        port,
                        "PUT "
                                + path
                                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                                + key(Grant.all().scoped("static_codes:write", "devices:write"))
                                + "\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        if (status == 200) {
            var seen = MERCHANTS.received().getLast();
            assertThat(seen.method()).isEqualTo("PUT");
            assertThat(seen.body()).isEqualTo("{}");
        }
    }

    private Socket begin(int length) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(
                        head(UPLOADS, "Content-Length: " + length)
                                .concat("01234")
                                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private String exchange(String path, String length, String body) {
        return RawHttp.exchange(port, head(path, length) + body);
    }

    private static String head(String path, String length) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ferry_portal=abc\r\n"
                + length
                + "\r\n\r\n";
    }
}
