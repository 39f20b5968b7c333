package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.wechat.wire.WechatError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a JSON object, each refused by pointer when it is not what WeChat wants. */
record Fields(JsonNode object, String pointer) {

    Fields(JsonNode body) {
        this(body, "");
    }

    /**
     * A required text.
     *
     * @param maxBytes in UTF-8: WeChat does not say whether it counts characters, so we are strict
     */
    String text(String name, int maxBytes) {
        var text = optionalText(name, maxBytes);
        if (text == null || text.isEmpty()) {
            throw bad(name, "is required");
        }
        return text;
    }

    @Nullable String optionalText(String name, int maxBytes) {
        var node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw bad(name, "must be a string");
        }
        var text = node.stringValue();
        if (text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
            throw bad(name, "characters of 4 bytes in UTF-8 are not allowed");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw bad(name, "is longer than " + maxBytes);
        }
        return text;
    }

    /** An RFC 3339 time with offset, or null when absent. */
    @Nullable Instant optionalTime(String name) {
        var text = optionalText(name, 64);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw bad(name, "is not an RFC 3339 time");
        }
    }

    JsonNode object(String name) {
        var node = object.path(name);
        if (!node.isObject()) {
            throw bad(name, "must be an object");
        }
        return node;
    }

    long integer(String name, long min, long max) {
        var node = object.path(name);
        if (!node.isIntegralNumber()) {
            throw bad(name, "must be an integer");
        }
        if (!node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            throw bad(name, "must be at least " + min + " and at most " + max);
        }
        return node.longValue();
    }

    WechatError bad(String name, String issue) {
        return WechatError.badField(pointer + "/" + name, object.path(name), issue);
    }
}
