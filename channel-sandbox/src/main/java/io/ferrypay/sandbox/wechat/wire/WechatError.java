package io.ferrypay.sandbox.wechat.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A refusal in API v3's words: HTTP status, code, message and, for a bad field, where it is. */
public class WechatError extends RuntimeException {

    private final int status;
    private final String code;
    private final @Nullable Map<String, Object> detail;

    private WechatError(
            int status, String code, String message, @Nullable Map<String, Object> detail) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.detail = detail;
    }

    public static WechatError of(int status, String code, String message) {
        return new WechatError(status, code, message, null);
    }

    /** A field of the JSON body, by JSON pointer. */
    public static WechatError badField(String pointer, @Nullable JsonNode value, String issue) {
        return new WechatError(
                400,
                "PARAM_ERROR",
                "Parameter error: " + pointer + ": " + issue,
                Map.of(
                        "field",
                        pointer,
                        "value",
                        value == null || value.isMissingNode() ? "" : value,
                        "issue",
                        issue,
                        "location",
                        "body"));
    }

    /**
     * Something outside the body: {@code location} is {@code query}, {@code url} or {@code body}.
     */
    public static WechatError badInput(String location, String field, String issue) {
        return new WechatError(
                400,
                "PARAM_ERROR",
                "Parameter error: " + issue,
                Map.of("field", field, "value", "", "issue", issue, "location", location));
    }

    static WechatError badSignature(String issue, @Nullable Map<String, Object> signInformation) {
        return new WechatError(
                401,
                "SIGN_ERROR",
                "Signature error: " + issue,
                signInformation == null
                        ? Map.of("location", "authorization", "issue", issue)
                        : Map.of(
                                "location",
                                "authorization",
                                "issue",
                                issue,
                                "sign_information",
                                signInformation));
    }

    public static WechatError systemError() {
        return of(500, "SYSTEMERROR", "System error, try again with the same parameters.");
    }

    int status() {
        return status;
    }

    byte[] body() {
        return WireJson.MAPPER.writeValueAsBytes(
                new Body(code, String.valueOf(getMessage()), detail));
    }

    private record Body(String code, String message, @Nullable Map<String, Object> detail) {}
}
