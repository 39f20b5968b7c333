package io.ferrypay.sandbox.wechat.wallet;

import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.YuanRates;
import java.math.BigDecimal;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Draws the wallet's pages. */
@Component
class WalletPage {

    private static final int RATE_SCALE = 8;

    private final WechatProperties properties;
    private final YuanRates rates;

    WalletPage(WechatProperties properties, YuanRates rates) {
        this.properties = properties;
        this.rates = rates;
    }

    /** The question: do you want to pay this? */
    String confirm(Visit visit, Order order, String nonce, boolean stale) {
        var words = visit.words();
        var fields =
                """
                <input type="hidden" name="code" value="%s">
                <input type="hidden" name="nonce" value="%s">
                <input type="hidden" name="lang" value="%s">
                <input type="hidden" name="back" value="%s">
                <input type="hidden" name="bridge" value="%s">
                """
                        .formatted(
                                escape(visit.code()),
                                escape(nonce),
                                words.tag(),
                                escape(visit.back() == null ? "" : visit.back()),
                                visit.bridge());
        return frame(
                visit,
                """
                %s%s
                <form method="post" action="/wallet/wechat">
                %s<button class="pay" name="action" value="pay">%s</button>
                <button class="quiet" name="action" value="decline">%s</button>
                <button class="quiet" name="action" value="leave">%s</button>
                </form>
                """
                        .formatted(
                                stale
                                        ? "<p role=\"alert\" class=\"notice\">%s</p>\n"
                                                .formatted(escape(words.of("stale")))
                                        : "",
                                bill(words, order),
                                fields,
                                escape(words.of("pay").formatted(yuan(order))),
                                escape(words.of("decline")),
                                escape(words.of("leave"))));
    }

    /** What became of the order. */
    String outcome(Visit visit, Order order, String outcome) {
        var words = visit.words();
        var again =
                outcome.equals("left")
                        ? "<p><a class=\"again\" href=\"%s\">%s</a></p>"
                                .formatted(link(visit, words.tag()), escape(words.of("back")))
                        : "";
        return frame(
                visit,
                verdict(words, outcome) + bill(words, order) + again + ending(visit, outcome));
    }

    /** There is nothing to pay behind this code. */
    String nothing(Visit visit, String why) {
        return frame(visit, verdict(visit.words(), why) + ending(visit, why));
    }

    /** The way back to the shop, and word to the page that waits for one. */
    private static String ending(Visit visit, String outcome) {
        var ending = new StringBuilder();
        if (visit.back() != null) {
            ending.append(
                    "<p><a class=\"again\" id=\"back-to-shop\" href=\"%s\">%s</a></p>\n"
                            .formatted(escape(visit.back()), escape(visit.words().of("toShop"))));
        }
        if (visit.bridge()) {
            ending.append(
                    "<script src=\"/wallet/bridge-result.js\" data-result=\"%s\"></script>\n"
                            .formatted(bridgeWord(outcome)));
        }
        return ending.toString();
    }

    /** How {@code getBrandWCPayRequest} ends. */
    private static String bridgeWord(String outcome) {
        return switch (outcome) {
            case "paid" -> "ok";
            case "left" -> "cancel";
            default -> "fail";
        };
    }

    private static String verdict(WalletWords words, String outcome) {
        return """
        <div class="verdict %s" role="status">
        <p class="mark" aria-hidden="true">%s</p>
        <h2>%s</h2>
        <p>%s</p>
        </div>
        """
                .formatted(
                        outcome,
                        outcome.equals("paid") ? "✓" : "!",
                        escape(words.of(outcome)),
                        escape(words.of(outcome + "Hint")));
    }

    private String bill(WalletWords words, Order order) {
        var terms = order.terms();
        var shop = properties.subMerchant(terms.subMchid());
        var rows = new StringBuilder();
        row(rows, words.of("shopPrice"), shopPrice(order));
        if (!YuanRates.isYuan(terms.currency())) {
            row(rows, words.of("rate"), "1 %s = %s CNY".formatted(terms.currency(), rate(order)));
        }
        row(rows, words.of("order"), terms.outTradeNo());
        row(rows, words.of("from"), words.of("card"));
        if (order.payment() != null) {
            row(rows, words.of("wechatNumber"), order.payment().id());
        }
        return """
        <section class="bill">
        <p class="to">%s <strong>%s</strong></p>
        <p class="what">%s</p>
        <p class="amount">%s</p>
        <dl>
        %s</dl>
        </section>
        """
                .formatted(
                        escape(words.of("payTo")),
                        escape(shop == null ? terms.subMchid() : shop.name()),
                        escape(terms.description()),
                        yuan(order),
                        rows);
    }

    private static void row(StringBuilder rows, String name, String value) {
        rows.append("<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(escape(name), escape(value)));
    }

    private String shopPrice(Order order) {
        var terms = order.terms();
        var price = BigDecimal.valueOf(terms.total(), rates.exponent(terms.currency()));
        return terms.currency() + " " + price.toPlainString();
    }

    private String rate(Order order) {
        long scaled =
                order.payment() == null
                        ? rates.scaled(order.terms().currency())
                        : order.payment().rate();
        var rate = BigDecimal.valueOf(scaled, RATE_SCALE).stripTrailingZeros();
        return rate.setScale(Math.max(rate.scale(), 4)).toPlainString();
    }

    private String yuan(Order order) {
        long fen =
                order.payment() == null
                        ? rates.fen(order.terms().total(), order.terms().currency())
                        : order.payment().payerTotal();
        return "¥" + BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static String frame(Visit visit, String content) {
        var words = visit.words();
        var other = words == WalletWords.ZH ? WalletWords.EN : WalletWords.ZH;
        return """
        <!doctype html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>%s</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/wallet/wallet.css">
        </head>
        <body>
        <div class="phone">
        <header>
        <p class="ribbon">%s</p>
        <div class="top"><h1>%s</h1><a href="%s" lang="%s" hreflang="%s">%s</a></div>
        </header>
        <main>
        %s</main>
        <footer><p>%s</p></footer>
        </div>
        </body>
        </html>
        """
                .formatted(
                        words.tag(),
                        escape(words.of("title")),
                        escape(words.of("ribbon")),
                        escape(words.of("title")),
                        link(visit, other.tag()),
                        other.tag(),
                        other.tag(),
                        other == WalletWords.ZH ? "中文" : "English",
                        content,
                        escape(words.of("about")));
    }

    private static String link(Visit visit, String lang) {
        return escape(visit.address(lang));
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
