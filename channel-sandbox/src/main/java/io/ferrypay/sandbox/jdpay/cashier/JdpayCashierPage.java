package io.ferrypay.sandbox.jdpay.cashier;

import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.order.JdpayOrder;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Draws the cashier's pages. */
@Component
@OnlyWithJdpayKeys
class JdpayCashierPage {

    /** The question: do you want to pay this? */
    String confirm(JdpayWords words, JdpayOrder order) {
        return frame(
                words,
                order,
                """
                %s
                <form method="post" action="/jdpay/jdpay/payCashier">
                <input type="hidden" name="tradeNum" value="%s">
                <input type="hidden" name="key" value="%s">
                <input type="hidden" name="lang" value="%s">
                <button class="pay" name="action" value="pay">%s</button>
                <button class="quiet" name="action" value="decline">%s</button>
                <button class="quiet" name="action" value="leave">%s</button>
                </form>
                """
                        .formatted(
                                bill(words, order),
                                escape(order.tradeNum()),
                                escape(order.key()),
                                words.tag(),
                                escape(words.of("pay").formatted(yuan(order))),
                                escape(words.of("decline")),
                                escape(words.of("leave"))));
    }

    /**
     * What became of the order.
     *
     * @param wayBack the form that takes the browser back to the shop, if there is one
     * @param scriptNonce lets the form post itself; null where a person is to press the button
     */
    String outcome(
            JdpayWords words,
            JdpayOrder order,
            String outcome,
            @Nullable Map<String, String> wayBack,
            @Nullable String scriptNonce) {
        var more = new StringBuilder();
        if (wayBack != null) {
            more.append(
                    "<form id=\"back\" method=\"post\" action=\"%s\">\n"
                            .formatted(escape(String.valueOf(order.terms().callbackUrl()))));
            wayBack.forEach((name, value) ->
                    more.append(
                            "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n"
                                    .formatted(escape(name), escape(value))));
            more.append(
                    "<button class=\"pay\">%s</button>\n</form>\n"
                            .formatted(escape(words.of("back"))));
        }
        if (scriptNonce != null) {
            more.append(
                    "<script nonce=\"%s\">document.getElementById(\"back\").submit()</script>\n"
                            .formatted(escape(scriptNonce)));
        }
        if (outcome.equals("left")) {
            more.append(
                    "<p><a class=\"again\" href=\"%s\">%s</a></p>\n"
                            .formatted(link(order, words.tag()), escape(words.of("again"))));
        }
        return frame(words, order, verdict(words, outcome, "") + bill(words, order) + more);
    }

    /** There is nothing to pay here. */
    String nothing(JdpayWords words, String why, String detail) {
        return frame(words, null, verdict(words, why, detail));
    }

    static String link(JdpayOrder order, @Nullable String lang) {
        var link =
                "/jdpay/jdpay/payCashier?tradeNum=%s&amp;orderId=%s&amp;key=%s"
                        .formatted(order.tradeNum(), order.orderId(), order.key());
        return lang == null ? link : link + "&amp;lang=" + lang;
    }

    private static String verdict(JdpayWords words, String outcome, String detail) {
        var good = outcome.equals("paid") || outcome.equals("scanned");
        return """
        <div class="verdict %s" role="status">
        <p class="mark" aria-hidden="true">%s</p>
        <h2>%s</h2>
        <p>%s</p>
        </div>
        """
                .formatted(
                        good ? "good" : "bad",
                        good ? "✓" : "!",
                        escape(words.of(outcome)),
                        escape(words.of(outcome + "Hint").formatted(detail)));
    }

    private static String bill(JdpayWords words, JdpayOrder order) {
        return """
        <section class="bill">
        <p class="what">%s</p>
        <p class="amount">%s</p>
        <dl>
        <div><dt>%s</dt><dd>%s</dd></div>
        <div><dt>%s</dt><dd>%s</dd></div>
        <div><dt>%s</dt><dd>%s</dd></div>
        </dl>
        </section>
        """
                .formatted(
                        escape(order.terms().tradeName()),
                        yuan(order),
                        escape(words.of("order")),
                        escape(order.tradeNum()),
                        escape(words.of("jdOrder")),
                        escape(order.orderId()),
                        escape(words.of("from")),
                        escape(words.of("card")));
    }

    private static String yuan(JdpayOrder order) {
        return "¥" + BigDecimal.valueOf(order.terms().amount(), 2).toPlainString();
    }

    private static String frame(JdpayWords words, @Nullable JdpayOrder order, String content) {
        var other = words == JdpayWords.ZH ? JdpayWords.EN : JdpayWords.ZH;
        var language =
                order == null
                        ? ""
                        : "<a href=\"%s\" lang=\"%s\" hreflang=\"%s\">%s</a>"
                                .formatted(
                                        link(order, other.tag()),
                                        other.tag(),
                                        other.tag(),
                                        other == JdpayWords.ZH ? "中文" : "English");
        return """
        <!doctype html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>%s</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/jdpay-cashier/cashier.css">
        </head>
        <body>
        <header>
        <p class="ribbon">%s</p>
        <div class="top"><h1>%s</h1>%s</div>
        </header>
        <main>
        %s</main>
        <footer><p>%s</p></footer>
        </body>
        </html>
        """
                .formatted(
                        words.tag(),
                        escape(words.of("title")),
                        escape(words.of("ribbon")),
                        escape(words.of("title")),
                        language,
                        content,
                        escape(words.of("about")));
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
