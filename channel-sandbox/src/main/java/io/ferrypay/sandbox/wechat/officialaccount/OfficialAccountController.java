package io.ferrypay.sandbox.wechat.officialaccount;

import io.ferrypay.sandbox.wechat.WechatKeys;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import io.ferrypay.sandbox.wechat.wire.Nonces;
import io.ferrypay.sandbox.wechat.wire.WireJson;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * {@code api.weixin.qq.com/cgi-bin}: tokens and template messages. Everything it says is HTTP 200,
 * errors too, and each error's text ends with a request id.
 */
@RestController
class OfficialAccountController {

    private final StableTokens tokens;
    private final TemplateMessages messages;
    private final TellArrivals arrivals;
    private final WechatProperties properties;
    private final WechatKeys keys;
    private final Nonces nonces;

    OfficialAccountController(
            StableTokens tokens,
            TemplateMessages messages,
            TellArrivals arrivals,
            WechatProperties properties,
            WechatKeys keys,
            Nonces nonces) {
        this.tokens = tokens;
        this.messages = messages;
        this.arrivals = arrivals;
        this.properties = properties;
        this.keys = keys;
        this.nonces = nonces;
    }

    @PostMapping("/cgi-bin/stable_token")
    ResponseEntity<byte[]> stableToken(@RequestBody byte[] body) {
        var request = read(body);
        if (!request.path("grant_type").asString("").equals("client_credential")) {
            return error(40002, "invalid grant_type");
        }
        if (!request.path("appid").asString("").equals(properties.spAppid())) {
            return error(40013, "invalid appid");
        }
        if (!request.path("secret").asString("").equals(keys.appSecret())) {
            return error(40125, "invalid appsecret");
        }
        var given = tokens.give(request.path("force_refresh").asBoolean(false));
        return given == null
                ? error(45011, "api minute-quota reach limit")
                : plain(Map.of("access_token", given.token(), "expires_in", given.expiresIn()));
    }

    @PostMapping("/cgi-bin/message/template/send")
    ResponseEntity<byte[]> send(
            @RequestParam(name = "access_token", defaultValue = "") String token,
            @RequestBody byte[] body) {
        if (token.isEmpty()) {
            return error(41001, "access_token missing");
        }
        if (!tokens.isGood(token)) {
            return error(40001, "invalid credential, access_token is invalid or not latest");
        }
        var request = read(body);
        var openid = request.path("touser").asString("");
        if (!openid.startsWith(PaidBy.OPENID_PREFIX)) {
            return error(40003, "invalid openid");
        }
        var data = new HashMap<String, String>();
        request.path("data")
                .properties()
                .forEach(field ->
                        data.put(field.getKey(), field.getValue().path("value").asString("")));
        var clientId = request.path("client_msg_id");
        var answer =
                messages.send(
                        openid,
                        request.path("template_id").asString(""),
                        clientId.isString() ? clientId.asString() : null,
                        data);
        if (answer.errcode() == 0) {
            arrivals.tell(answer.msgid(), openid, messages.arrival());
        }
        return answer.errcode() == 0
                ? plain(Map.of("errcode", 0, "errmsg", "ok", "msgid", answer.msgid()))
                : error(answer.errcode(), "refused");
    }

    private static JsonNode read(byte[] body) {
        try {
            return WireJson.MAPPER.readTree(body);
        } catch (JacksonException _) {
            return WireJson.MAPPER.createObjectNode();
        }
    }

    private ResponseEntity<byte[]> error(int code, String message) {
        return plain(Map.of("errcode", code, "errmsg", message + " rid: " + nonces.next(20)));
    }

    private static ResponseEntity<byte[]> plain(Object answer) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(WireJson.MAPPER.writeValueAsBytes(answer));
    }
}
