package io.ferrypay.sandbox.wechat.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.RsaSignatures;
import io.ferrypay.sandbox.wechat.WireTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests written byte by byte, because the SDK cannot be made to misbehave. */
class RequestAuthenticationTest extends WireTest {

    private static final String PATH = "/v3/global/certificates";
    private static final String NATIVE = "/v3/global/transactions/native";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> items = new LinkedHashMap<>();

    @BeforeEach
    void prepare_a_good_request() throws IOException {
        headers.put("Host", "127.0.0.1:" + port);
        headers.put("Accept", "application/json");
        headers.put("User-Agent", "test");
        headers.put("Connection", "close");
        items.put("mchid", Institution.MCHID);
        items.put("nonce_str", "593BEC0C930BF1AFEB40B4A08C8FB242");
        items.put("timestamp", Long.toString(Instant.now().getEpochSecond()));
        items.put("serial_no", Files.readString(KEYS.resolve("merchant-serial.txt")).strip());
    }

    @Test
    void header_names_keep_their_case_on_the_wire() throws Exception {
        var answer = get(PATH);

        assertThat(answer.raw())
                .startsWith("HTTP/1.1 200 ")
                .contains("\r\nWechatpay-Timestamp: ")
                .contains("\r\nWechatpay-Nonce: ")
                .contains("\r\nWechatpay-Signature: ")
                .contains("\r\nWechatpay-Serial: ")
                .contains("\r\nRequest-ID: ")
                .contains("\r\nContent-Type: application/json");
    }

    @Test
    void closing_answers_204_without_body_but_signed() throws Exception {
        var number = placed();
        var body = "{\"sp_mchid\":\"1900000100\",\"sub_mchid\":\"1900000109\"}";

        var answer = post("/v3/global/transactions/out-trade-no/" + number + "/close", body, body);

        assertThat(answer.raw())
                .startsWith("HTTP/1.1 204 ")
                .contains("\r\nWechatpay-Signature: ")
                .contains("\r\nRequest-ID: ")
                .doesNotContain("Content-Type")
                .endsWith("\r\n\r\n");
    }

    @Test
    void the_items_may_come_in_any_order() throws Exception {
        var shuffled = new LinkedHashMap<String, String>();
        shuffled.put("signature", sign("GET", PATH, ""));
        items.reversed().forEach(shuffled::put);
        headers.put("Authorization", authorization(shuffled));

        assertThat(send("GET", PATH, "").status()).isEqualTo(200);
    }

    @Test
    void the_query_is_part_of_what_is_signed() throws Exception {
        var path =
                "/v3/global/transactions/out-trade-no/%s?sp_mchid=1900000100&sub_mchid=1900000109"
                        .formatted(placed());

        assertThat(get(path).status()).isEqualTo(200);

        headers.put("Authorization", authorizationFor("GET", path, ""));
        assertSignError(send("GET", path.substring(0, path.indexOf('?')), ""));
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400})
    void a_request_more_than_five_minutes_off_is_refused(long seconds) throws Exception {
        items.put("timestamp", Long.toString(Instant.now().getEpochSecond() + seconds));

        var answer = get(PATH);

        assertSignError(answer);
        assertThat(answer.json().path("message").stringValue()).contains("5 minutes");
    }

    @ParameterizedTest
    @ValueSource(longs = {-290, 290})
    void a_request_less_than_five_minutes_off_is_fine(long seconds) throws Exception {
        items.put("timestamp", Long.toString(Instant.now().getEpochSecond() + seconds));

        assertThat(get(PATH).status()).isEqualTo(200);
    }

    @Test
    void the_sandbox_clock_may_be_skewed_on_the_wire() throws Exception {
        command("/control/clock", "{\"wire_skew_seconds\":600}");

        assertSignError(get(PATH));
    }

    @Test
    void another_institution_is_refused() throws Exception {
        items.put("mchid", "1900000999");

        assertSignError(get(PATH));
    }

    @Test
    void another_certificates_serial_is_refused() throws Exception {
        items.put("serial_no", "444F4864EA9B34415A0BE0A8C7B3E9C1D2F3A4B5");

        assertSignError(get(PATH));
    }

    @Test
    void a_changed_body_is_refused_and_says_what_was_signed() throws Exception {
        headers.put("Content-Type", "application/json");

        var answer = post(NATIVE, "{\"a\":2}", "{\"a\":1}");

        assertSignError(answer);
        var information = answer.json().path("detail").path("sign_information");
        assertThat(information.path("method").stringValue()).isEqualTo("POST");
        assertThat(information.path("url").stringValue()).isEqualTo(NATIVE);
        assertThat(information.path("truncated_sign_message").stringValue())
                .startsWith("POST\n" + NATIVE + "\n");
        assertThat(information.path("sign_message_length").intValue()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer abc",
                "WECHATPAY2-SHA256-RSA2048 ",
                "WECHATPAY2-SHA256-RSA2048 mchid=\"1900000100\"",
                "WECHATPAY2-SHA256-RSA2048 mchid=1900000100,nonce_str=a,timestamp=1,serial_no=1,signature=a",
                "WECHATPAY2-SHA256-RSA2048 mchid=\"1\",mchid=\"1\",timestamp=\"1\",serial_no=\"1\",signature=\"a\"",
                "WECHATPAY2-SHA256-RSA2048 mchid=\"1\",nonce_str=\"-\",timestamp=\"1\",serial_no=\"1\",signature=\"a\"",
                "WECHATPAY2-SHA256-RSA2048 mchid=\"1\",nonce_str=\"a\",timestamp=\"x\",serial_no=\"1\",signature=\"a\"",
                "WECHATPAY2-SHA256-RSA2048 mchid=\"1\",nonce_str=\"a\",timestamp=\"1\",serial_no=\"1\",signature=\"\"",
            })
    void a_malformed_authorization_is_refused(String authorization) throws Exception {
        headers.put("Authorization", authorization);

        assertSignError(send("GET", PATH, ""));
    }

    @Test
    void a_missing_authorization_is_refused() throws Exception {
        assertSignError(send("GET", PATH, ""));
    }

    @Test
    void a_signature_that_is_no_base64_is_refused() throws Exception {
        items.put("signature", "%%%");
        headers.put("Authorization", authorization(items));

        assertSignError(send("GET", PATH, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "User-Agent"})
    void a_missing_required_header_is_refused(String name) throws Exception {
        headers.remove(name);

        var answer = get(PATH);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("PARAM_ERROR");
    }

    @Test
    void an_accept_header_without_json_is_refused() throws Exception {
        headers.put("Accept", "text/html");

        assertThat(get(PATH).status()).isEqualTo(406);
    }

    @Test
    void a_body_that_is_not_declared_as_json_is_refused() throws Exception {
        headers.put("Content-Type", "text/plain");

        assertThat(post(NATIVE, "{}", "{}").status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"text\"", "{\"a\":1,\"a\":2}"})
    void a_body_that_is_no_json_object_is_refused(String body) throws Exception {
        var answer = post(NATIVE, body, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("PARAM_ERROR");
        assertThat(answer.json().path("detail").path("location").stringValue()).isEqualTo("body");
    }

    @Test
    void a_body_larger_than_64_KiB_is_refused() throws Exception {
        var body = "{\"attach\":\"" + "x".repeat(70_000) + "\"}";

        assertThat(post(NATIVE, body, body).status()).isEqualTo(400);
    }

    private static void assertSignError(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("SIGN_ERROR");
        assertThat(answer.json().path("detail").path("location").stringValue())
                .isEqualTo("authorization");
        assertThat(answer.raw()).contains("\r\nRequest-ID: ").doesNotContain("Wechatpay-");
    }

    private Answer get(String path) throws Exception {
        headers.put("Authorization", authorizationFor("GET", path, ""));
        return send("GET", path, "");
    }

    private Answer post(String path, String body, String signedBody) throws Exception {
        headers.putIfAbsent("Content-Type", "application/json");
        headers.put(
                "Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
        headers.put("Authorization", authorizationFor("POST", path, signedBody));
        return send("POST", path, body);
    }

    private String authorizationFor(String method, String path, String body) throws Exception {
        items.put("signature", sign(method, path, body));
        return authorization(items);
    }

    private static String authorization(Map<String, String> items) {
        var text = new StringBuilder("WECHATPAY2-SHA256-RSA2048 ");
        items.forEach((name, value) -> text.append(name).append("=\"").append(value).append("\","));
        return text.substring(0, text.length() - 1);
    }

    private String sign(String method, String path, String body) throws Exception {
        var message =
                String.join(
                        "\n",
                        method,
                        path,
                        items.get("timestamp"),
                        items.get("nonce_str"),
                        body,
                        "");
        var pem = Files.readString(KEYS.resolve("merchant-key.pem"));
        var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return Base64.getEncoder()
                .encodeToString(
                        RsaSignatures.sign(
                                RsaSignatures.privateKey(der),
                                message.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer send(String method, String path, String body) throws IOException {
        var request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        request.append("\r\n").append(body);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new Answer(
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private record Answer(String raw) {

        int status() {
            return Integer.parseInt(raw.substring(9, 12));
        }

        JsonNode json() {
            return JsonMapper.shared()
                    .readTree(raw.substring(raw.indexOf('{'), raw.lastIndexOf('}') + 1));
        }

        String code() {
            return json().path("code").stringValue();
        }
    }
}
