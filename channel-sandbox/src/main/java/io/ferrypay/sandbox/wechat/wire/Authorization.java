package io.ferrypay.sandbox.wechat.wire;

import java.util.HashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Authorization header of a request: five named items, in any order.
 *
 * @param timestamp seconds since 1970
 * @param signature Base64
 */
record Authorization(
        String mchid, String serialNo, String nonce, long timestamp, String signature) {

    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
    private static final Pattern ITEM = Pattern.compile("\\s*([a-z_]+)=\"([^\"]*)\"\\s*");
    private static final Pattern NONCE = Pattern.compile("[0-9A-Za-z]{1,32}");
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");
    private static final int ITEMS = 5;

    /**
     * @throws WechatError 401 when the header is missing or is not what API v3 asks for
     */
    static Authorization parse(@Nullable String header) {
        if (header == null || !header.startsWith(SCHEME)) {
            throw WechatError.badSignature(
                    "Authorization is missing or not of type WECHATPAY2-SHA256-RSA2048", null);
        }
        var items = new HashMap<String, String>();
        for (var part : header.substring(SCHEME.length()).split(",", ITEMS + 1)) {
            var item = ITEM.matcher(part);
            if (!item.matches() || items.put(item.group(1), item.group(2)) != null) {
                throw malformed();
            }
        }
        var nonce = item(items, "nonce_str");
        var timestamp = item(items, "timestamp");
        if (items.size() != ITEMS
                || !NONCE.matcher(nonce).matches()
                || !TIMESTAMP.matcher(timestamp).matches()) {
            throw malformed();
        }
        return new Authorization(
                item(items, "mchid"),
                item(items, "serial_no"),
                nonce,
                Long.parseLong(timestamp),
                item(items, "signature"));
    }

    private static String item(HashMap<String, String> items, String name) {
        var value = items.get(name);
        if (value == null || value.isEmpty()) {
            throw malformed();
        }
        return value;
    }

    private static WechatError malformed() {
        return WechatError.badSignature("Authorization is malformed", null);
    }
}
