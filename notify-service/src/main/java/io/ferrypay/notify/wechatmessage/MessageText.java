package io.ferrypay.notify.wechatmessage;

import io.ferrypay.events.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a message says. Nothing of the payer's is in it, only what the merchant asked for and how it
 * went.
 */
final class MessageText {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final String MORE = "…";

    private MessageText() {}

    /** What a keyword of a template can hold. */
    enum Content {
        /** {@code NZD 120.00}. */
        AMOUNT,
        /** {@code CNY 557.40}, or the amount again when the yuan are not known. */
        PAYER_AMOUNT,
        /** The merchant's own name for it, or ours when there is none. */
        REFERENCE,
        /** When it happened, in the account's zone. */
        TIME,
        /** {@code 已支付} and the like. */
        STATUS,
        /** {@code 微信支付} and the like. */
        METHOD,
        /** A printed code by its serial and label. */
        CODE,
        /** What was unusual about it. */
        WHAT
    }

    /**
     * The event in words, by what they are.
     *
     * @param event of a payment or a refund, or of a printed code's unusual use
     */
    static Map<Content, String> of(Event event, ZoneId zone) {
        var object = event.data().path("object");
        if (event.type().startsWith("static_code.")) {
            return Map.of(
                    Content.CODE,
                    object.path("serial").asString("") + " " + object.path("label").asString(""),
                    Content.WHAT,
                    unusual(object),
                    Content.TIME,
                    MINUTES.format(event.time().atZone(zone)),
                    Content.REFERENCE,
                    object.path("serial").asString(""),
                    Content.STATUS,
                    "收款码异常");
        }
        var amount = money(object, "amount", "currency");
        var words = new LinkedHashMap<Content, String>();
        words.put(Content.AMOUNT, amount);
        words.put(
                Content.PAYER_AMOUNT,
                object.path("payer_amount").isString()
                        ? money(object, "payer_amount", "payer_currency")
                        : amount);
        words.put(Content.REFERENCE, object.path("merchant_reference").asString(event.subject()));
        words.put(Content.TIME, MINUTES.format(happenedAt(event).atZone(zone)));
        words.put(Content.STATUS, status(event.type()));
        words.put(Content.METHOD, method(object.path("payment_method").path("type").asString("")));
        return words;
    }

    private static String unusual(JsonNode object) {
        return switch (object.path("kind").asString("")) {
            case "many_payments" -> "一小时内收款" + object.path("payments").asLong() + "笔，远多于平时";
            case "large_amount" -> "单笔 " + money(object, "amount", "currency") + "，远高于平时";
            case "many_unpaid" -> "一小时内" + object.path("payments").asLong() + "笔未付款";
            case "odd_hour" -> "在从未收款的时段收款（" + object.path("hour").asInt() + "时）";
            default -> "-";
        };
    }

    private static Instant happenedAt(Event event) {
        var paidAt = event.data().path("object").path("paid_at");
        return paidAt.isString() && event.type().startsWith("payment.")
                ? Instant.parse(paidAt.asString())
                : event.time();
    }

    private static String money(JsonNode object, String amount, String currency) {
        return object.path(currency).asString("") + " " + object.path(amount).asString("");
    }

    private static String status(String type) {
        return switch (type) {
            case "payment.paid" -> "已支付";
            case "payment.paid_late" -> "逾期到账";
            case "refund.succeeded" -> "已退款";
            case "refund.failed" -> "退款失败";
            default -> type;
        };
    }

    private static String method(String type) {
        return switch (type) {
            case "wechat" -> "微信支付";
            case "alipay" -> "支付宝";
            case "jdpay" -> "京东支付";
            case "onlinebank" -> "网上银行";
            default -> "-";
        };
    }

    /**
     * A value as a keyword takes it: WeChat refuses a whole message for one that is too long. The
     * limits are by the kind at the keyword's beginning: {@code thing} 20 characters, {@code
     * character_string} 32 of ASCII, {@code phrase} 5.
     */
    static String fitting(String keyword, String value) {
        if (keyword.startsWith("thing")) {
            return shortened(value, 20, MORE);
        }
        if (keyword.startsWith("character_string")) {
            return shortened(value.replaceAll("[^\\x20-\\x7e]", "?"), 32, "..");
        }
        if (keyword.startsWith("phrase")) {
            return shortened(value, 5, "");
        }
        return value;
    }

    private static String shortened(String value, int most, String ending) {
        if (value.codePointCount(0, value.length()) <= most) {
            return value.isBlank() ? "-" : value;
        }
        var end = value.offsetByCodePoints(0, most - ending.length());
        return value.substring(0, end) + ending;
    }
}
