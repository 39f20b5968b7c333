package io.ferrypay.sandbox.wechat.wire;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A request that proved who sent it.
 *
 * @param mchid the institution that signed it
 * @param body the JSON object sent, or a missing node for a request without body
 */
public record WechatCall(String mchid, JsonNode body) {

    static final JsonNode NO_BODY = MissingNode.getInstance();

    /** A text field at the top of the body, or null. */
    public @Nullable String text(String name) {
        var node = body.path(name);
        return node.isString() ? node.stringValue() : null;
    }
}
