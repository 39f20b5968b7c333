package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.ChannelOrder;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * An order as {@code POST /v3/global/transactions/…} takes it. The same values make the same bytes,
 * so sending it again under one order number gives the same order and a fresh way to pay it.
 */
record OrderRequest(
        String spMchid,
        String spAppid,
        String subMchid,
        String description,
        String outTradeNo,
        URI notifyUrl,
        TradeType tradeType,
        String merchantCategoryCode,
        String timeExpire,
        Amount amount,
        @Nullable Payer payer,
        @Nullable SceneInfo sceneInfo) {

    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final int MAX_DESCRIPTION_BYTES = 127;

    /**
     * @param total in the currency's smallest unit, at least 1
     */
    record Amount(long total, String currency) {}

    /** Who pays: with JSAPI only. */
    record Payer(String spOpenid) {}

    /** Where it is paid: WeChat asks for it with MWEB only. */
    record SceneInfo(String payerClientIp, StoreInfo storeInfo) {}

    record StoreInfo(String id, String name, String address) {}

    static OrderRequest of(
            WechatProperties.Account account, TradeType tradeType, ChannelOrder order) {
        var key = order.key();
        return new OrderRequest(
                account.spMchid(),
                account.spAppid(),
                key.subMerchantId(),
                description(order.description(), key.orderNumber()),
                key.orderNumber(),
                account.notifyUrl(),
                tradeType,
                order.merchantCategoryCode(),
                RFC_3339.format(OffsetDateTime.ofInstant(order.expiresAt(), BEIJING)),
                new Amount(key.amount().minorUnits(), key.amount().currency().code()),
                tradeType == TradeType.JSAPI ? payer(order) : null,
                tradeType == TradeType.MWEB ? sceneInfo(account, order) : null);
    }

    private static @Nullable Payer payer(ChannelOrder order) {
        var openid = order.payer().walletUserId();
        return openid == null ? null : new Payer(openid);
    }

    private static @Nullable SceneInfo sceneInfo(
            WechatProperties.Account account, ChannelOrder order) {
        var ip = order.payer().ip();
        return ip == null
                ? null
                : new SceneInfo(
                        ip,
                        new StoreInfo(
                                order.key().subMerchantId(),
                                description(order.merchantName(), order.key().subMerchantId()),
                                account.h5StoreAddress()));
    }

    /** Whether everything is there that WeChat asks for with this trade type. */
    boolean hasAll() {
        return switch (tradeType) {
            case NATIVE -> true;
            case JSAPI -> payer != null;
            case MWEB -> sceneInfo != null;
        };
    }

    /** Who pays, and from where, stays out of logs. */
    @Override
    public String toString() {
        return "OrderRequest[" + tradeType + " " + outTradeNo + "]";
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
