package io.ferrypay.sandbox.wechat.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.sandbox.wechat.WireTest;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OauthTest extends WireTest {

    private static final String AUTHORIZE =
            "/connect/oauth2/authorize?appid=wx8888888888888888"
                    + "&redirect_uri=http%3A%2F%2Flocalhost%3A7200%2Fcheckout%2Fn%2Fpayer%2Fa"
                    + "&response_type=code&scope=snsapi_base&state=abc123";

    private final HttpClient browser = HttpClient.newHttpClient();

    @AfterEach
    void close_the_browser() {
        browser.close();
    }

    @Test
    void the_browser_comes_back_at_once_with_a_code_for_the_openid() throws Exception {
        var token = token("wx8888888888888888", secret(), code());

        assertThat(token.path("openid").stringValue()).isEqualTo(PaidBy.TEST_PAYER.openid());
        assertThat(token.path("scope").stringValue()).isEqualTo("snsapi_base");
        assertThat(token.path("expires_in").intValue()).isEqualTo(7200);
        assertThat(token.has("errcode")).isFalse();
    }

    @Test
    void a_code_works_once_and_for_five_minutes() throws Exception {
        var code = code();
        token("wx8888888888888888", secret(), code);

        assertThat(errcode("wx8888888888888888", secret(), code)).isEqualTo(40163);
        var late = code();
        command("/control/clock", "{\"offset_seconds\":301}");
        assertThat(errcode("wx8888888888888888", secret(), late)).isEqualTo(40029);
        assertThat(errcode("wx8888888888888888", secret(), "invented")).isEqualTo(40029);
    }

    @Test
    void who_asks_has_to_know_the_apps_secret() throws Exception {
        var code = code();

        assertThat(errcode("wx0000000000000000", secret(), code)).isEqualTo(40013);
        assertThat(errcode("wx8888888888888888", "wrong", code)).isEqualTo(40125);
        assertThat(errcode("wx8888888888888888", secret(), "")).isEqualTo(41008);
        assertThat(token("wx8888888888888888", secret(), code).has("openid")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "wx8888888888888888, wx0000000000000000",
        "http%3A%2F%2F, javascript%3A%2F%2F",
        "response_type=code, response_type=token",
        "scope=snsapi_base, scope=snsapi_userinfo",
        "state=abc123, state=%3Cscript%3E",
    })
    void a_request_wechat_does_not_know_leads_nowhere(String part, String other) throws Exception {
        var answer = get(AUTHORIZE.replace(part, other));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    private String code() throws Exception {
        var answer = get(AUTHORIZE);
        assertThat(answer.statusCode()).isEqualTo(302);
        var back =
                Pattern.compile(
                                "http://localhost:7200/checkout/n/payer/a\\?code=([0-9A-Za-z]+)&state=abc123")
                        .matcher(answer.headers().firstValue("Location").orElseThrow());
        assertThat(back.matches()).isTrue();
        return back.group(1);
    }

    private int errcode(String appid, String secret, String code) throws Exception {
        return token(appid, secret, code).path("errcode").intValue();
    }

    private JsonNode token(String appid, String secret, String code) throws Exception {
        var answer =
                get(
                        "/sns/oauth2/access_token?appid=%s&secret=%s&code=%s&grant_type=authorization_code"
                                .formatted(appid, secret, code));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String secret() throws Exception {
        return Files.readString(KEYS.resolve("app-secret.txt")).strip();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
