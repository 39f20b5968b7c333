package io.ferrypay.sandbox.wechat.officialaccount;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.sandbox.wechat.WireTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OfficialAccountTest extends WireTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PERSON = "oSbxFerryTestPayer0000000001";
    private static final String TEMPLATE = "SbxPayment000000000000000000000000000000001";

    @Test
    void the_same_token_is_given_until_another_is_forced() throws Exception {
        var first = token(false);

        assertThat(token(false)).isEqualTo(first);
        var forced = token(true);
        assertThat(forced).isNotEqualTo(first);
        assertThat(send(first, message("M1")).path("errcode").asInt()).isEqualTo(40001);
        assertThat(send(forced, message("M1")).path("errcode").asInt()).isZero();
        assertThat(ask(true).path("errcode").asInt()).isEqualTo(45011);
    }

    @Test
    void a_message_is_received_once_for_its_client_id() throws Exception {
        var token = token(false);

        assertThat(send(token, message("M2")).path("msgid").asLong()).isPositive();
        assertThat(send(token, message("M2")).path("errcode").asInt()).isEqualTo(45065);

        var received = received();
        assertThat(received.size()).isEqualTo(1);
        assertThat(received.path(0).path("data").path("amount2").asString())
                .isEqualTo("NZD 120.00");
        assertThat(control.get().uri("/wallet/wechat/messages").retrieve().body(String.class))
                .contains("NZD 120.00")
                .contains("&lt;ORDER&gt;");
    }

    @Test
    void who_unfollowed_is_not_written_to() throws Exception {
        follow(false);
        assertThat(send(token(false), message("M3")).path("errcode").asInt()).isEqualTo(43004);
        follow(true);
        assertThat(send(token(false), message("M3")).path("errcode").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "touser, nobody, 40003",
        "template_id, unknown, 40037",
    })
    void what_is_wrong_is_named_by_its_code(String field, String value, int errcode)
            throws Exception {
        var message = new java.util.HashMap<String, Object>(message("M4"));
        message.put(field, value);

        assertThat(send(token(false), message).path("errcode").asInt()).isEqualTo(errcode);
        assertThat(received().size()).isZero();
    }

    @Test
    void data_that_does_not_fit_its_template_is_refused() throws Exception {
        var message = new java.util.HashMap<String, Object>(message("M5"));
        message.put("data", Map.of("amount2", Map.of("value", "NZD 1.00")));
        assertThat(send(token(false), message).path("errcode").asInt()).isEqualTo(47003);

        message.put("data", data("x".repeat(33)));
        assertThat(send(token(false), message).path("errcode").asInt()).isEqualTo(47003);
    }

    @Test
    void the_next_answers_can_be_ordered() throws Exception {
        command("/control/wechat/official-account/answers", "{\"codes\":[45009,0]}");

        assertThat(send(token(false), message("M6")).path("errcode").asInt()).isEqualTo(45009);
        assertThat(send(token(false), message("M6")).path("errcode").asInt()).isZero();
    }

    private static Map<String, Object> message(String clientId) {
        return Map.of(
                "touser",
                PERSON,
                "template_id",
                TEMPLATE,
                "client_msg_id",
                clientId,
                "data",
                data("<ORDER>"));
    }

    private static Map<String, Object> data(String reference) {
        return Map.of(
                "character_string1", Map.of("value", reference),
                "amount2", Map.of("value", "NZD 120.00"),
                "amount3", Map.of("value", "CNY 557.40"),
                "time4", Map.of("value", "2026-11-24 14:02:03"),
                "thing5", Map.of("value", "微信支付"));
    }

    private void follow(boolean follows) {
        command(
                "/control/wechat/official-account/followers",
                "{\"openid\":\"%s\",\"follows\":%s}".formatted(PERSON, follows));
    }

    private JsonNode received() {
        return control.get()
                .uri("/control/wechat/official-account/messages")
                .retrieve()
                .body(JsonNode.class);
    }

    private String token(boolean force) throws IOException {
        return ask(force).path("access_token").asString();
    }

    private JsonNode ask(boolean force) throws IOException {
        var secret = Files.readString(KEYS.resolve("app-secret.txt")).strip();
        return post(
                "/cgi-bin/stable_token",
                Map.of(
                        "grant_type",
                        "client_credential",
                        "appid",
                        "wx8888888888888888",
                        "secret",
                        secret,
                        "force_refresh",
                        force));
    }

    private JsonNode send(String token, Map<String, Object> message) {
        return post("/cgi-bin/message/template/send?access_token=" + token, message);
    }

    private JsonNode post(String path, Object body) {
        return JSON.readTree(
                control.post()
                        .uri(path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(JSON.writeValueAsString(body))
                        .retrieve()
                        .body(String.class));
    }
}
