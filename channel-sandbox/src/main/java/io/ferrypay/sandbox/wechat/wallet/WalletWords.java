package io.ferrypay.sandbox.wechat.wallet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The wallet's words in the languages it speaks. */
final class WalletWords {

    static final WalletWords EN =
            new WalletWords(
                    "en",
                    Map.ofEntries(
                            Map.entry("title", "Test wallet"),
                            Map.entry("ribbon", "TEST – no real money moves"),
                            Map.entry("about", "This page stands in for the WeChat app."),
                            Map.entry("payTo", "Pay to"),
                            Map.entry("shopPrice", "Shop's price"),
                            Map.entry("rate", "Exchange rate"),
                            Map.entry("order", "Order"),
                            Map.entry("from", "Pay with"),
                            Map.entry("card", "Test bank card (8888)"),
                            Map.entry("pay", "Pay %s"),
                            Map.entry("decline", "Let the bank decline"),
                            Map.entry("leave", "Leave without paying"),
                            Map.entry("paid", "Paid"),
                            Map.entry("paidHint", "You can go back to the shop's page now."),
                            Map.entry("failed", "Payment declined"),
                            Map.entry(
                                    "failedHint", "The bank refused. Ask the shop for a new code."),
                            Map.entry("closed", "This order is closed"),
                            Map.entry(
                                    "closedHint",
                                    "It ran out or the shop closed it. Nothing was paid."),
                            Map.entry("left", "Not paid"),
                            Map.entry(
                                    "leftHint",
                                    "You left without paying. The code can still be used."),
                            Map.entry("back", "Look at the order again"),
                            Map.entry("expired", "This code no longer works"),
                            Map.entry("expiredHint", "Ask the shop for a new one."),
                            Map.entry("unknown", "This code is not known here"),
                            Map.entry(
                                    "unknownHint",
                                    "Check that it was copied whole, and that the sandbox was not reset."),
                            Map.entry(
                                    "stale", "Please confirm again: this page had become too old."),
                            Map.entry("toShop", "Back to the shop"),
                            Map.entry("forged", "This request to pay is not genuine"),
                            Map.entry(
                                    "forgedHint",
                                    "Its signature does not fit, or it is not for this app."),
                            Map.entry("inside", "Please open this in another browser"),
                            Map.entry(
                                    "insideHint",
                                    "Inside WeChat, the shop has to ask WeChat itself to pay."),
                            Map.entry("referer", "The shop's page is not registered"),
                            Map.entry(
                                    "refererHint",
                                    "WeChat must see (Referer) that the payer comes from the shop's"
                                            + " registered domain."),
                            Map.entry("wechatNumber", "WeChat order number")));

    static final WalletWords ZH =
            new WalletWords(
                    "zh-CN",
                    Map.ofEntries(
                            Map.entry("title", "测试钱包"),
                            Map.entry("ribbon", "TEST 测试 – 不会产生真实扣款"),
                            Map.entry("about", "本页面用于模拟微信客户端。"),
                            Map.entry("payTo", "收款方"),
                            Map.entry("shopPrice", "商品标价"),
                            Map.entry("rate", "汇率"),
                            Map.entry("order", "订单号"),
                            Map.entry("from", "付款方式"),
                            Map.entry("card", "测试银行卡（8888）"),
                            Map.entry("pay", "支付 %s"),
                            Map.entry("decline", "模拟银行拒绝"),
                            Map.entry("leave", "暂不支付"),
                            Map.entry("paid", "支付成功"),
                            Map.entry("paidHint", "您现在可以返回商家页面。"),
                            Map.entry("failed", "支付失败"),
                            Map.entry("failedHint", "银行拒绝了本次付款，请向商家索取新的二维码。"),
                            Map.entry("closed", "订单已关闭"),
                            Map.entry("closedHint", "订单已过期或已被商家关闭，未产生扣款。"),
                            Map.entry("left", "未支付"),
                            Map.entry("leftHint", "您没有付款，二维码仍然有效。"),
                            Map.entry("back", "重新查看订单"),
                            Map.entry("expired", "二维码已失效"),
                            Map.entry("expiredHint", "请向商家索取新的二维码。"),
                            Map.entry("unknown", "无法识别该二维码"),
                            Map.entry("unknownHint", "请确认已完整复制，且沙箱未被重置。"),
                            Map.entry("stale", "页面已过期，请再次确认。"),
                            Map.entry("toShop", "返回商家"),
                            Map.entry("forged", "支付请求无效"),
                            Map.entry("forgedHint", "支付验证签名失败，或与当前公众号不符。"),
                            Map.entry("inside", "请在微信外打开订单"),
                            Map.entry("insideHint", "在微信内请使用公众号支付。"),
                            Map.entry("referer", "商家存在未配置的参数"),
                            Map.entry("refererHint", "请求来源（Referer）不是已登记的域名。"),
                            Map.entry("wechatNumber", "微信订单号")));

    private final String tag;
    private final Map<String, String> words;

    private WalletWords(String tag, Map<String, String> words) {
        this.tag = tag;
        this.words = words;
    }

    /** The language tag for {@code <html lang>}. */
    String tag() {
        return tag;
    }

    String of(String key) {
        var word = words.get(key);
        if (word == null) {
            throw new IllegalArgumentException("no word for " + key);
        }
        return word;
    }

    /** What the person chose, else what the browser prefers, else English. */
    static WalletWords choose(@Nullable String chosen, @Nullable String acceptLanguage) {
        if (chosen != null) {
            return chosen.toLowerCase(Locale.ROOT).startsWith("zh") ? ZH : EN;
        }
        try {
            var preferred =
                    acceptLanguage == null
                            ? null
                            : Locale.lookup(
                                    Locale.LanguageRange.parse(acceptLanguage),
                                    List.of(Locale.CHINESE, Locale.ENGLISH));
            return Locale.CHINESE.equals(preferred) ? ZH : EN;
        } catch (IllegalArgumentException e) {
            return EN; // A header that is no list of languages says nothing.
        }
    }
}
