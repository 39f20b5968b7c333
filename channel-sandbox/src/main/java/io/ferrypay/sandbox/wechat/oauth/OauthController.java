package io.ferrypay.sandbox.wechat.oauth;

import io.ferrypay.sandbox.wechat.WechatKeys;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import io.ferrypay.sandbox.wechat.wire.Nonces;
import io.ferrypay.sandbox.wechat.wire.WireJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code open.weixin.qq.com} and {@code api.weixin.qq.com} in one: sends the browser back at once
 * with a code ({@code snsapi_base} asks nobody), and swaps the code for the openid. Everything the
 * latter says is HTTP 200 and text/plain, errors too, as with the real one.
 */
@RestController
class OauthController {

    private static final int LONGEST_STATE = 128;

    private final OauthCodes codes;
    private final WechatProperties properties;
    private final WechatKeys keys;
    private final Nonces nonces;

    OauthController(OauthCodes codes, WechatProperties properties, WechatKeys keys, Nonces nonces) {
        this.codes = codes;
        this.properties = properties;
        this.keys = keys;
        this.nonces = nonces;
    }

    @GetMapping("/connect/oauth2/authorize")
    ResponseEntity<String> authorize(
            @RequestParam(defaultValue = "") String appid,
            @RequestParam(name = "redirect_uri", defaultValue = "") String redirectUri,
            @RequestParam(name = "response_type", defaultValue = "") String responseType,
            @RequestParam(defaultValue = "") String scope,
            @RequestParam(defaultValue = "") String state) {
        if (!appid.equals(properties.spAppid())) {
            return page("10012: appid");
        }
        if (!responseType.equals("code") || !scope.equals("snsapi_base")) {
            return page("10005: scope");
        }
        var target = webPage(redirectUri);
        if (target == null || state.length() > LONGEST_STATE || !state.matches("[0-9A-Za-z]*")) {
            return page("10003: redirect_uri");
        }
        var more = "code=" + codes.give(PaidBy.TEST_PAYER.openid()) + "&state=" + encode(state);
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(
                        HttpHeaders.LOCATION,
                        redirectUri + (target.getRawQuery() == null ? "?" : "&") + more)
                .build();
    }

    @GetMapping("/sns/oauth2/access_token")
    ResponseEntity<byte[]> accessToken(
            @RequestParam(defaultValue = "") String appid,
            @RequestParam(defaultValue = "") String secret,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(name = "grant_type", defaultValue = "") String grantType) {
        if (appid.isEmpty()) {
            return error(41002, "appid missing");
        }
        if (!appid.equals(properties.spAppid())) {
            return error(40013, "invalid appid");
        }
        if (!secret.equals(keys.appSecret())) {
            return error(40125, "invalid appsecret");
        }
        if (code.isEmpty()) {
            return error(41008, "missing code");
        }
        if (!grantType.equals("authorization_code")) {
            return error(40002, "invalid grant_type");
        }
        return switch (codes.take(code)) {
            case OauthCodes.Answer.Invalid _ -> error(40029, "invalid code");
            case OauthCodes.Answer.Used _ -> error(40163, "code been used");
            case OauthCodes.Answer.Person(var openid) ->
                    plain(new Token(nonces.next(64), 7200, nonces.next(64), openid, "snsapi_base"));
        };
    }

    private ResponseEntity<byte[]> error(int code, String message) {
        return plain(new Refusal(code, message + ", rid: " + nonces.next(20)));
    }

    private static ResponseEntity<byte[]> plain(Object answer) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(WireJson.MAPPER.writeValueAsBytes(answer));
    }

    private static ResponseEntity<String> page(String why) {
        return ResponseEntity.badRequest().contentType(MediaType.TEXT_PLAIN).body(why);
    }

    private static @Nullable URI webPage(String url) {
        try {
            var uri = new URI(url);
            return uri.getHost() != null
                            && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    ? uri
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Token(
            String accessToken, int expiresIn, String refreshToken, String openid, String scope) {}

    private record Refusal(int errcode, String errmsg) {}
}
