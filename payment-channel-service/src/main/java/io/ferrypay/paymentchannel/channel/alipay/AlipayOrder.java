package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PayCode;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An order in Alipay's parameters. The same order makes the same parameters (but for the {@code
 * timestamp} of the call), since a number that comes again with other content is refused.
 */
final class AlipayOrder {

    /** An older text caps {@code order_valid_time} here; a newer one at thirty days. */
    private static final Duration LONGEST_IN_BROWSER = Duration.ofHours(6);

    private static final Duration LONGEST_CODE = Duration.ofDays(15);
    private static final int LONGEST_SUBJECT = 120;
    private static final int LONGEST_NAME = 32;

    /** What {@code timeout_rule} may say without having it configured. */
    private static final List<Map.Entry<Duration, String>> TIMEOUTS =
            List.of(
                    Map.entry(Duration.ofHours(5), "5h"),
                    Map.entry(Duration.ofHours(3), "3h"),
                    Map.entry(Duration.ofHours(2), "2h"),
                    Map.entry(Duration.ofHours(1), "1h"),
                    Map.entry(Duration.ofMinutes(30), "30m"),
                    Map.entry(Duration.ofMinutes(15), "15m"),
                    Map.entry(Duration.ofMinutes(10), "10m"));

    private AlipayOrder() {}

    /** For {@code create_forex_trade} and {@code create_forex_trade_wap}. */
    static Map<String, String> inBrowser(ChannelOrder order, AlipayProperties.Account account) {
        var key = order.key();
        var wap = key.flow() == Flow.MOBILE;
        var lifetime = lifetime(order, LONGEST_IN_BROWSER);
        var charset = account.encoding();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("notify_url", account.notifyUrl(key.subMerchantId()));
        parameters.put("return_url", account.returnUrl());
        parameters.put("out_trade_no", key.orderNumber());
        parameters.put(
                "subject", clean(order.description(), LONGEST_SUBJECT, charset, key.orderNumber()));
        parameters.put("currency", key.amount().currency().code());
        parameters.put("total_fee", key.amount().toDecimalString());
        parameters.put("product_code", wap ? "NEW_WAP_OVERSEAS_SELLER" : "NEW_OVERSEAS_SELLER");
        if (wap) {
            parameters.put("app_pay", "Y");
        }
        parameters.put("secondary_merchant_id", key.subMerchantId());
        parameters.put("secondary_merchant_name", merchantName(order, charset));
        parameters.put("secondary_merchant_industry", order.merchantCategoryCode());
        parameters.put("timeout_rule", timeoutRule(lifetime));
        parameters.put("order_gmt_create", AlipayTrade.spaced(key.createdAt()));
        parameters.put("order_valid_time", String.valueOf(lifetime.toSeconds()));
        return parameters;
    }

    static Instant endInBrowser(ChannelOrder order) {
        return order.key().createdAt().plus(lifetime(order, LONGEST_IN_BROWSER));
    }

    /** For {@code alipay.acquire.precreate}. */
    static Map<String, String> code(
            ChannelOrder order, AlipayProperties.Account account, Instant now) {
        var key = order.key();
        var charset = account.encoding();
        var currency = key.amount().currency().code();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("timestamp", AlipayTrade.spaced(now));
        parameters.put("notify_url", account.notifyUrl(key.subMerchantId()));
        parameters.put("out_trade_no", key.orderNumber());
        parameters.put(
                "subject", clean(order.description(), LONGEST_SUBJECT, charset, key.orderNumber()));
        parameters.put("product_code", "OVERSEAS_MBARCODE_PAY");
        parameters.put("total_fee", key.amount().toDecimalString());
        parameters.put("trans_currency", currency);
        parameters.put("currency", currency);
        parameters.put("extend_params", extension(order, charset));
        parameters.put("it_b_pay", minutes(order) + "m");
        return parameters;
    }

    /** For {@code alipay.acquire.overseas.spot.pay}: charges whoever shows that code. */
    static Map<String, String> spotPay(
            ChannelOrder order, PayCode code, AlipayProperties.Account account) {
        var key = order.key();
        var charset = account.encoding();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("notify_url", account.notifyUrl(key.subMerchantId()));
        parameters.put("alipay_seller_id", account.partner());
        parameters.put(
                "trans_name",
                clean(order.description(), LONGEST_SUBJECT, charset, key.orderNumber()));
        parameters.put("partner_trans_id", key.orderNumber());
        parameters.put("currency", key.amount().currency().code());
        parameters.put("trans_amount", key.amount().toDecimalString());
        parameters.put("buyer_identity_code", code.digits());
        parameters.put("identity_code_type", "barcode");
        parameters.put("trans_create_time", AlipayTrade.plain(key.createdAt()));
        parameters.put("biz_product", "OVERSEAS_MBARCODE_PAY");
        parameters.put("extend_info", extension(order, charset));
        return parameters;
    }

    static Instant endOfCode(ChannelOrder order) {
        var end = order.key().createdAt().plus(Duration.ofMinutes(minutes(order)));
        return end.isBefore(order.expiresAt()) ? end : order.expiresAt();
    }

    /** We know no shops of a merchant at Alipay, so the merchant stands for its only one. */
    private static String extension(ChannelOrder order, Charset charset) {
        var name = merchantName(order, charset);
        var extension = new LinkedHashMap<String, String>();
        extension.put("secondary_merchant_id", order.key().subMerchantId());
        extension.put("secondary_merchant_name", name);
        extension.put("secondary_merchant_industry", order.merchantCategoryCode());
        extension.put("store_id", order.key().subMerchantId());
        extension.put("store_name", name);
        return JsonMapper.shared().writeValueAsString(extension);
    }

    private static String merchantName(ChannelOrder order, Charset charset) {
        return clean(order.merchantName(), LONGEST_NAME, charset, order.key().subMerchantId());
    }

    private static long minutes(ChannelOrder order) {
        return Math.max(1, lifetime(order, LONGEST_CODE).toMinutes());
    }

    private static Duration lifetime(ChannelOrder order, Duration longest) {
        var wanted = Duration.between(order.key().createdAt(), order.expiresAt());
        if (wanted.compareTo(longest) > 0) {
            return longest;
        }
        return wanted.toSeconds() < 1 ? Duration.ofSeconds(1) : wanted;
    }

    private static String timeoutRule(Duration lifetime) {
        for (var timeout : TIMEOUTS) {
            if (lifetime.compareTo(timeout.getKey()) >= 0) {
                return timeout.getValue();
            }
        }
        return "5m";
    }

    /**
     * Text that payers read. Alipay asks for no special characters; an ampersand or equals sign
     * would moreover let whoever chose the text pass pieces of a signed message off as parameters,
     * since values are signed raw. What the account's charset cannot write is left out.
     */
    static String clean(String text, int longest, Charset charset, String otherwise) {
        var encoder = charset.newEncoder();
        var cleaned = new StringBuilder();
        for (int i = 0; i < text.length() && cleaned.length() < longest; i++) {
            var c = text.charAt(i);
            if (isOrdinary(c) && encoder.canEncode(c)) {
                cleaned.append(c);
            }
        }
        var result = cleaned.toString().replaceAll(" {2,}", " ").strip();
        return result.isEmpty() ? otherwise : result;
    }

    private static boolean isOrdinary(char c) {
        return Character.isLetterOrDigit(c)
                || c == ' '
                || c == '-'
                || c == '.'
                || c == ','
                || c == '('
                || c == ')'
                || (c >= '\u3001' && c <= '\u3011');
    }
}
