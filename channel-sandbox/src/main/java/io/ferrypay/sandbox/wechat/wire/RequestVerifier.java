package io.ferrypay.sandbox.wechat.wire;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.RsaSignatures;
import io.ferrypay.sandbox.wechat.WechatKeys;
import io.ferrypay.sandbox.wechat.WechatProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Decides whether a request was signed by the institution it names, just now, as it arrived. */
@Component
class RequestVerifier {

    private static final Duration MAX_SKEW = Duration.ofMinutes(5);
    private static final int SHOWN_OF_MESSAGE = 200;

    private final WechatProperties properties;
    private final WechatKeys keys;
    private final SandboxClock clock;

    RequestVerifier(WechatProperties properties, WechatKeys keys, SandboxClock clock) {
        this.properties = properties;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The institution that calls.
     *
     * @throws WechatError 400, 401, 406 or 415
     */
    String verify(HttpServletRequest request, byte[] body) {
        checkHeaders(request, body);
        var authorization = Authorization.parse(request.getHeader("Authorization"));
        if (!authorization.mchid().equals(properties.spMchid())) {
            throw WechatError.badSignature("mchid is unknown", null);
        }
        if (!authorization.serialNo().equalsIgnoreCase(keys.merchantSerial())) {
            throw WechatError.badSignature("serial_no is not a certificate of this mchid", null);
        }
        long now = clock.wireTime().getEpochSecond();
        if (Math.abs(now - authorization.timestamp()) > MAX_SKEW.toSeconds()) {
            throw WechatError.badSignature("timestamp is more than 5 minutes off", null);
        }
        checkSignature(request, body, authorization);
        return authorization.mchid();
    }

    private static void checkHeaders(HttpServletRequest request, byte[] body) {
        var accept = request.getHeader("Accept");
        var agent = request.getHeader("User-Agent");
        if (accept == null || accept.isBlank() || agent == null || agent.isBlank()) {
            throw WechatError.of(400, "PARAM_ERROR", "Accept or User-Agent is missing.");
        }
        var accepted = accept.toLowerCase(Locale.ROOT);
        if (!accepted.contains("application/json") && !accepted.contains("*/*")) {
            throw WechatError.of(406, "PARAM_ERROR", "Accept must allow application/json.");
        }
        var type = request.getContentType();
        if (body.length > 0
                && (type == null
                        || !type.toLowerCase(Locale.ROOT).startsWith("application/json"))) {
            throw WechatError.of(415, "PARAM_ERROR", "Content-Type must be application/json.");
        }
    }

    private void checkSignature(
            HttpServletRequest request, byte[] body, Authorization authorization) {
        var query = request.getQueryString();
        var url = request.getRequestURI() + (query == null ? "" : "?" + query);
        var message =
                String.join(
                        "\n",
                        request.getMethod(),
                        url,
                        Long.toString(authorization.timestamp()),
                        authorization.nonce(),
                        new String(body, StandardCharsets.UTF_8),
                        "");
        if (!matches(message, authorization.signature())) {
            throw WechatError.badSignature(
                    "sign not match",
                    Map.of(
                            "method",
                            request.getMethod(),
                            "url",
                            url,
                            "truncated_sign_message",
                            message.substring(0, Math.min(message.length(), SHOWN_OF_MESSAGE)),
                            "sign_message_length",
                            message.length()));
        }
    }

    private boolean matches(String message, String signature) {
        byte[] candidate;
        try {
            candidate = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return RsaSignatures.verify(
                keys.merchantKey(), message.getBytes(StandardCharsets.UTF_8), candidate);
    }
}
