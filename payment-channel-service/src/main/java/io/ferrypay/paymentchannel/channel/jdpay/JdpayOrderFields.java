package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.ChannelOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An order in JD's fields. The same order makes the same fields, so that placing it again is the
 * same order.
 */
final class JdpayOrderFields {

    private static final int MAX_NAME_CHARACTERS = 100;
    private static final int USER_ID_DIGITS = 32;

    private JdpayOrderFields() {}

    /** For the cashier's form, which the payer's browser posts. */
    static Map<String, String> ofForm(JdpayProperties.Account account, ChannelOrder order) {
        var fields = common(account, order);
        fields.put("callbackUrl", account.returnUrl());
        fields.put("userId", pseudonym(order.key().orderNumber()));
        var identity = order.payer().identity();
        if (identity != null) {
            fields.put("specName", identity.name());
            fields.put("specId", identity.idNumber());
        }
        if (account.settleCurrency() != null) {
            fields.put("settleCurrency", account.settleCurrency());
        }
        if (account.kjInfo() != null) {
            fields.put("kjInfo", account.kjInfo());
        }
        return fields;
    }

    /** For an order that we place ourselves, to be paid by scanning. */
    static Map<String, String> ofQr(JdpayProperties.Account account, ChannelOrder order) {
        var fields = common(account, order);
        fields.put("tradeType", "QR");
        return fields;
    }

    private static Map<String, String> common(JdpayProperties.Account account, ChannelOrder order) {
        var key = order.key();
        var fields = new LinkedHashMap<String, String>();
        fields.put("tradeNum", key.orderNumber());
        fields.put("tradeName", name(order.description(), key.orderNumber()));
        fields.put("tradeTime", time(key.createdAt()));
        fields.put("amount", Long.toString(key.amount().minorUnits()));
        fields.put("currency", JdpayTrade.YUAN);
        fields.put("orderType", orderType(order.merchantCategoryCode()));
        // Comes back in whatever JD says of the order: JD itself has no name for the shop.
        fields.put("note", key.subMerchantId());
        fields.put("notifyUrl", account.notifyUrl());
        var ip = order.payer().ip();
        if (ip != null && ip.matches("[0-9A-Fa-f.:]{2,45}")) {
            fields.put("ip", ip);
        }
        fields.put("expireTime", Long.toString(secondsToLive(order)));
        return fields;
    }

    static String time(Instant instant) {
        return JdpayTrade.TIME.format(LocalDateTime.ofInstant(instant, JdpayTrade.BEIJING));
    }

    /** A span and not a moment; counted from our own beginning, so that it never changes. */
    private static long secondsToLive(ChannelOrder order) {
        return Math.max(
                1, Duration.between(order.key().createdAt(), order.expiresAt()).toSeconds());
    }

    /** Goods are 0; what nobody delivers (travel, services, tuition) is 1. */
    private static String orderType(String categoryCode) {
        return categoryCode.matches("(4|7|8)[0-9]{3}") ? "1" : "0";
    }

    /**
     * What the payer reads at JD. What XML has its own use for becomes a blank, so that nobody ever
     * has to ask whether an escape is signed before or after escaping.
     */
    static String name(String text, String otherwise) {
        var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length() && clean.length() < MAX_NAME_CHARACTERS; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) || isInvisible(c)) {
                continue;
            }
            clean.append("<>&\"'".indexOf(c) >= 0 || Character.isISOControl(c) ? ' ' : c);
        }
        var name = clean.toString().strip();
        return name.isEmpty() ? otherwise : name;
    }

    /** What emoji leave behind, and what XML cannot hold. */
    private static boolean isInvisible(char c) {
        return c == '\u200d' || (c >= '\ufe00' && c <= '\ufe0f') || c >= '\ufffe';
    }

    /**
     * JD ties saved cards to this, so two payers must never share one, and JD is not to learn who
     * ours are: each order has one of its own.
     */
    static String pseudonym(String orderNumber) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(("payer of " + orderNumber).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, USER_ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
