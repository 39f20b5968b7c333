package io.ferrypay.paymentchannel.channel.wechat;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The headers WeChat signs with, whatever case a proxy gave their names. */
record NotificationHeaders(
        @Nullable String serial,
        @Nullable String nonce,
        @Nullable String timestamp,
        @Nullable String signature,
        @Nullable String signatureType) {

    /** Longer than any genuine value; a 4096-bit signature has 684 characters. */
    private static final int MAX_VALUE = 1024;

    static NotificationHeaders of(Map<String, String> headers) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return new NotificationHeaders(
                value(byName, "Wechatpay-Serial"),
                value(byName, "Wechatpay-Nonce"),
                value(byName, "Wechatpay-Timestamp"),
                value(byName, "Wechatpay-Signature"),
                value(byName, "Wechatpay-Signature-Type"));
    }

    /** As kept for inspection: one {@code name: value} a line. */
    String asText() {
        var values = new TreeMap<String, String>();
        values.put("Wechatpay-Serial", Objects.requireNonNullElse(serial, ""));
        values.put("Wechatpay-Nonce", Objects.requireNonNullElse(nonce, ""));
        values.put("Wechatpay-Timestamp", Objects.requireNonNullElse(timestamp, ""));
        values.put("Wechatpay-Signature", Objects.requireNonNullElse(signature, ""));
        values.put("Wechatpay-Signature-Type", Objects.requireNonNullElse(signatureType, ""));
        return values.entrySet().stream()
                .filter(header -> !header.getValue().isEmpty())
                .map(header -> header.getKey().toLowerCase(Locale.ROOT) + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static @Nullable String value(Map<String, String> headers, String name) {
        var value = headers.get(name);
        return value == null || value.isBlank() || value.length() > MAX_VALUE ? null : value;
    }
}
