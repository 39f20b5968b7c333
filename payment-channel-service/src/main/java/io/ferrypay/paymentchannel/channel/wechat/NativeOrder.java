package io.ferrypay.paymentchannel.channel.wechat;

import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A QR order as {@code POST /v3/global/transactions/native} takes it. The same values make the same
 * bytes, so sending it again under one order number gives the same order and a fresh code.
 */
record NativeOrder(
        String spMchid,
        String spAppid,
        String subMchid,
        String description,
        String outTradeNo,
        URI notifyUrl,
        String tradeType,
        String merchantCategoryCode,
        String timeExpire,
        Amount amount) {

    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final int MAX_DESCRIPTION_BYTES = 127;

    /**
     * @param total in the currency's smallest unit, at least 1
     */
    record Amount(long total, String currency) {}

    static NativeOrder of(
            WechatProperties.Account account,
            String subMchid,
            String merchantCategoryCode,
            String outTradeNo,
            String description,
            Amount amount,
            Instant expiresAt) {
        return new NativeOrder(
                account.spMchid(),
                account.spAppid(),
                subMchid,
                description(description, outTradeNo),
                outTradeNo,
                account.notifyUrl(),
                "NATIVE",
                merchantCategoryCode,
                RFC_3339.format(OffsetDateTime.ofInstant(expiresAt, BEIJING)),
                amount);
    }

    /**
     * What the payer reads in WeChat: no 4-byte characters (WeChat refuses emoji), no control
     * characters, at most 127 bytes cut between characters; the order number when nothing is left.
     */
    static String description(String text, String otherwise) {
        var cleaned = new StringBuilder(text.length());
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c) || isInvisible(c)) {
                continue;
            }
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            if (bytes + size > MAX_DESCRIPTION_BYTES) {
                break;
            }
            bytes += size;
            cleaned.append(c);
        }
        var description = cleaned.toString().strip();
        return description.isEmpty() ? otherwise : description;
    }

    /** Controls, and what emoji leave behind: joiners and variation selectors. */
    private static boolean isInvisible(char c) {
        return Character.isISOControl(c) || c == '\u200d' || (c >= '\ufe00' && c <= '\ufe0f');
    }
}
