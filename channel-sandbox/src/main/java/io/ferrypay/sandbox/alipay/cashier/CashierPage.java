package io.ferrypay.sandbox.alipay.cashier;

import io.ferrypay.sandbox.alipay.order.AlipayRates;
import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.alipay.order.TradeKind;
import io.ferrypay.sandbox.alipay.order.TradeState;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Draws the cashier: wide for a computer, narrow for a phone or the app. */
@Component
class CashierPage {

    private final AlipayRates rates;

    CashierPage(AlipayRates rates) {
        this.rates = rates;
    }

    String of(Trade trade, @Nullable String returnUrl, boolean left, boolean zh) {
        if (trade.state() == TradeState.WAIT_BUYER_PAY && !left) {
            return frame(trade, zh, alert(trade, zh) + bill(trade, zh) + choices(trade, zh));
        }
        var mark = trade.state().isPaid() ? "paid" : "not";
        var again =
                left && trade.state() == TradeState.WAIT_BUYER_PAY
                        ? link(
                                "/alipay/cashier/" + trade.token(),
                                zh ? "重新查看订单" : "Look at the order again")
                        : returnUrl == null
                                ? ""
                                : link(returnUrl, zh ? "返回商家" : "Back to the shop");
        return frame(
                trade,
                zh,
                """
                <div class="verdict %s" role="status"><h2>%s</h2></div>
                """
                                .formatted(mark, escape(verdict(trade, zh)))
                        + bill(trade, zh)
                        + again);
    }

    String nothing(boolean zh) {
        return frame(
                null,
                zh,
                "<div class=\"verdict not\" role=\"status\"><h2>%s</h2></div>"
                        .formatted(zh ? "无法识别该订单" : "This order is not known here"));
    }

    private static String verdict(Trade trade, boolean zh) {
        return switch (trade.state()) {
            case TRADE_SUCCESS, TRADE_FINISHED -> zh ? "支付成功" : "Paid";
            case TRADE_CLOSED -> zh ? "订单已关闭" : "This order is closed";
            case WAIT_BUYER_PAY -> zh ? "未支付" : "Not paid";
        };
    }

    private static String alert(Trade trade, boolean zh) {
        return trade.failure() == null
                ? ""
                : "<p role=\"alert\" class=\"notice\">%s (%s)</p>\n"
                        .formatted(
                                zh ? "付款未成功，可以重试" : "That did not work; you can try again",
                                escape(trade.failure()));
    }

    private static String choices(Trade trade, boolean zh) {
        return """
        <form method="post" action="/alipay/cashier/%s">
        <input type="hidden" name="lang" value="%s">
        <button class="pay" name="action" value="pay">%s</button>
        <button name="action" value="decline">%s</button>
        <button name="action" value="leave">%s</button>
        </form>
        """
                .formatted(
                        escape(trade.token()),
                        zh ? "zh" : "en",
                        zh ? "确认付款" : "Confirm payment",
                        zh ? "模拟付款被拒" : "Let the payment fail",
                        zh ? "暂不支付" : "Leave without paying");
    }

    private String bill(Trade trade, boolean zh) {
        var payment = trade.payment();
        var rate = payment == null ? rates.of(trade.currency()) : payment.rate();
        var yuan =
                payment == null
                        ? trade.amount().multiply(rate).setScale(2, RoundingMode.HALF_UP)
                        : payment.yuan();
        return """
        <section class="bill">
        <p class="to">%s <strong>%s</strong></p>
        <p class="what">%s</p>
        <p class="amount">¥%s</p>
        <dl>
        <div><dt>%s</dt><dd>%s %s</dd></div>
        <div><dt>%s</dt><dd>1 %s = %s CNY</dd></div>
        <div><dt>%s</dt><dd>%s</dd></div>
        </dl>
        </section>
        """
                .formatted(
                        zh ? "收款方" : "Pay to",
                        escape(shop(trade)),
                        escape(trade.term("subject")),
                        yuan.toPlainString(),
                        zh ? "商品标价" : "Shop's price",
                        trade.currency(),
                        trade.amount().toPlainString(),
                        zh ? "汇率" : "Exchange rate",
                        trade.currency(),
                        rate.toPlainString(),
                        zh ? "订单号" : "Order",
                        escape(trade.outTradeNo()));
    }

    private static String shop(Trade trade) {
        var name = trade.term("secondary_merchant_name");
        if (!name.isEmpty()) {
            return name;
        }
        var matcher =
                Pattern.compile("\"secondary_merchant_name\":\"([^\"]*)\"")
                        .matcher(trade.term("extend_params"));
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String link(String url, String text) {
        return "<p><a class=\"again\" href=\"%s\">%s</a></p>".formatted(escape(url), escape(text));
    }

    private static String frame(@Nullable Trade trade, boolean zh, String content) {
        var wide = trade != null && trade.kind() == TradeKind.DESKTOP;
        return """
        <!doctype html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>%s</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/wallet/alipay.css">
        </head>
        <body class="%s">
        <div class="page">
        <p class="ribbon">%s</p>
        <header><h1>%s</h1></header>
        <main>
        %s</main>
        <footer><p>%s</p></footer>
        </div>
        </body>
        </html>
        """
                .formatted(
                        zh ? "zh-CN" : "en",
                        zh ? "测试收银台" : "Test cashier",
                        wide ? "wide" : "narrow",
                        zh ? "TEST 测试 – 不会产生真实扣款" : "TEST – no real money moves",
                        zh ? "测试收银台" : "Test cashier",
                        content,
                        zh ? "本页面用于模拟支付宝收银台。" : "This page stands in for Alipay.");
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
