package io.ferrypay.sandbox.jdpay.order;

import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/** Checks an order's fields the way JD documents them. */
public final class JdpayTermsReader {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    private static final long DEFAULT_LIFE_SECONDS = 604_800;

    /** What may differ when the same order is placed once more. */
    private static final Set<String> NOT_COMPARED = Set.of("ip", "sign", "version", "merchant");

    private JdpayTermsReader() {}

    /**
     * Reads an order for the cashier, which needs a payer and a way back, or one to be scanned.
     *
     * @throws JdpayError when something is missing or is not what it should be
     */
    public static JdpayTerms read(Map<String, String> fields, boolean forCashier) {
        var tradeNum = matching(fields, "tradeNum", "[A-Za-z0-9_-]{1,30}");
        var tradeName = matching(fields, "tradeName", "(?s).*\\S.*");
        var tradeTime = matching(fields, "tradeTime", "[0-9]{14}");
        try {
            LocalDateTime.parse(tradeTime, TIME);
        } catch (DateTimeParseException e) {
            throw JdpayError.badParameter("tradeTime");
        }
        var amount = matching(fields, "amount", "[1-9][0-9]{0,14}");
        matching(fields, "currency", "CNY");
        matching(fields, "orderType", "[01]");
        var life = fields.getOrDefault("expireTime", String.valueOf(DEFAULT_LIFE_SECONDS));
        if (!life.matches("[1-9][0-9]{0,8}")) {
            throw JdpayError.badParameter("expireTime");
        }
        if (forCashier) {
            matching(fields, "userId", "(?s).*\\S.*");
        }
        var others = new TreeMap<>(fields);
        others.keySet().removeAll(NOT_COMPARED);
        return new JdpayTerms(
                tradeNum,
                tradeName,
                tradeTime,
                Long.parseLong(amount),
                fields.getOrDefault("note", ""),
                notifyUrl(fields),
                forCashier ? callbackUrl(fields) : null,
                Long.parseLong(life),
                others.toString());
    }

    /** The address of a refund's or an order's notifications. */
    public static String notifyUrl(Map<String, String> fields) {
        var url = HttpUrl.parse(fields.getOrDefault("notifyUrl", ""));
        if (url == null || url.query() != null) {
            throw JdpayError.badParameter("notifyUrl"); // No query string: JD's documents say so.
        }
        return url.toString();
    }

    private static String callbackUrl(Map<String, String> fields) {
        var url = HttpUrl.parse(fields.getOrDefault("callbackUrl", ""));
        if (url == null) {
            throw JdpayError.badParameter("callbackUrl");
        }
        return url.toString();
    }

    /** The field, which has to be there. */
    public static String matching(Map<String, String> fields, String name, String pattern) {
        var value = fields.get(name);
        if (value == null || !value.matches(pattern)) {
            throw JdpayError.badParameter(name);
        }
        return value;
    }
}
