package io.ferrypay.sandbox.jdpay.cashier;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cashier's words in the languages it speaks. */
final class JdpayWords {

    static final JdpayWords EN =
            new JdpayWords(
                    "en",
                    Map.ofEntries(
                            Map.entry("title", "Test JD Pay cashier"),
                            Map.entry("ribbon", "TEST – no real money moves"),
                            Map.entry(
                                    "about",
                                    "This page stands in for JD Pay. JD has no part in it."),
                            Map.entry("order", "Order"),
                            Map.entry("jdOrder", "JD order"),
                            Map.entry("from", "Pay with"),
                            Map.entry("card", "Test bank card (1234)"),
                            Map.entry("pay", "Pay %s"),
                            Map.entry("decline", "Let the bank decline"),
                            Map.entry("leave", "Leave without paying"),
                            Map.entry("paid", "Paid"),
                            Map.entry("paidHint", "You are being taken back to the shop."),
                            Map.entry("scanned", "Paid"),
                            Map.entry("scannedHint", "You can go back to the shop's page now."),
                            Map.entry("failed", "Payment declined"),
                            Map.entry("failedHint", "The bank refused."),
                            Map.entry("closed", "This order is closed"),
                            Map.entry(
                                    "closedHint",
                                    "It ran out or the shop closed it. Nothing was paid."),
                            Map.entry("left", "Not paid"),
                            Map.entry(
                                    "leftHint",
                                    "You left without paying. The order can still be paid."),
                            Map.entry("again", "Look at the order again"),
                            Map.entry("back", "Back to the shop"),
                            Map.entry("unknown", "There is no such order here"),
                            Map.entry(
                                    "unknownHint",
                                    "Check that the address was copied whole, and that the sandbox"
                                            + " was not reset."),
                            Map.entry("refused", "JD Pay does not take this order"),
                            Map.entry("refusedHint", "%s")));

    static final JdpayWords ZH =
            new JdpayWords(
                    "zh-CN",
                    Map.ofEntries(
                            Map.entry("title", "京东支付测试收银台"),
                            Map.entry("ribbon", "TEST 测试 – 不会产生真实扣款"),
                            Map.entry("about", "本页面用于模拟京东支付，与京东无关。"),
                            Map.entry("order", "商户订单号"),
                            Map.entry("jdOrder", "京东订单号"),
                            Map.entry("from", "付款方式"),
                            Map.entry("card", "测试银行卡（1234）"),
                            Map.entry("pay", "支付 %s"),
                            Map.entry("decline", "模拟银行拒绝"),
                            Map.entry("leave", "暂不支付"),
                            Map.entry("paid", "支付成功"),
                            Map.entry("paidHint", "正在返回商家页面。"),
                            Map.entry("scanned", "支付成功"),
                            Map.entry("scannedHint", "您现在可以返回商家页面。"),
                            Map.entry("failed", "支付失败"),
                            Map.entry("failedHint", "银行拒绝了本次付款。"),
                            Map.entry("closed", "订单已关闭"),
                            Map.entry("closedHint", "订单已过期或已被商家关闭，未产生扣款。"),
                            Map.entry("left", "未支付"),
                            Map.entry("leftHint", "您没有付款，订单仍可支付。"),
                            Map.entry("again", "重新查看订单"),
                            Map.entry("back", "返回商家"),
                            Map.entry("unknown", "没有此订单"),
                            Map.entry("unknownHint", "请确认地址已完整复制，且沙箱未被重置。"),
                            Map.entry("refused", "京东支付无法受理此订单"),
                            Map.entry("refusedHint", "%s")));

    private final String tag;
    private final Map<String, String> words;

    private JdpayWords(String tag, Map<String, String> words) {
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
    static JdpayWords choose(@Nullable String chosen, @Nullable String acceptLanguage) {
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
