package io.ferrypay.sandbox.payease;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Draws the pretended banks' pages: one look, one colour each, in Chinese and English. */
@Component("payeaseBankPage")
class BankPage {

    private final Settings settings;

    BankPage(Settings settings) {
        this.settings = settings;
    }

    /** Where the payer says yes or no. */
    String pay(Order order, Bank bank, String token) {
        var limit = settings.limit(bank);
        var payer =
                order.payerName() == null
                        ? ""
                        : "<div><dt>付款人 Payer</dt><dd>%s</dd></div>\n"
                                .formatted(escape(masked(order.payerName())));
        return frame(
                bank,
                bank.chineseName() + "网上银行",
                """
                <p class="amount">¥%s</p>
                <dl>
                <div><dt>订单号 Order</dt><dd>%s</dd></div>
                <div><dt>收款方 Payee</dt><dd>PayEase（测试）</dd></div>
                %s<div><dt>限额 Limits</dt><dd>单笔 ¥%d · 每日 ¥%d</dd></div>
                </dl>
                <form method="post" action="/payease/sim/bank/%s">
                <input type="hidden" name="token" value="%s">
                <label for="holder">户名 Account holder</label>
                <input id="holder" name="holder" autocomplete="off" maxlength="20" aria-describedby="holder-hint">
                <p id="holder-hint" class="hint">留空即为上述付款人。Leave empty to be the payer named above; another name makes the bank refuse.</p>
                <button class="pay" name="action" value="pay">确认支付 Pay</button>
                <button name="action" value="decline">支付失败 Let it fail</button>
                <button name="action" value="leave">暂不支付 Leave</button>
                </form>
                """
                        .formatted(
                                escape(order.amount()),
                                escape(order.oid()),
                                payer,
                                limit.single(),
                                limit.daily(),
                                escape(order.oid()),
                                escape(token)));
    }

    /** The cashier: which bank? */
    String choose(Order order, String token) {
        var banks = new StringBuilder();
        for (var bank : Bank.values()) {
            banks.append(
                    "<button class=\"%s\" name=\"bank\" value=\"%s\">%s<small>%s</small></button>\n"
                            .formatted(
                                    bank.name(),
                                    bank.pmode(),
                                    escape(bank.chineseName()),
                                    escape(bank.englishName())));
        }
        return frame(
                null,
                "首信易支付（测试）",
                """
                <p class="amount">¥%s</p>
                <form method="post" action="/payease/sim/bank/%s" class="banks">
                <input type="hidden" name="token" value="%s">
                <input type="hidden" name="action" value="choose">
                %s</form>
                """
                        .formatted(
                                escape(order.amount()), escape(order.oid()), escape(token), banks));
    }

    /** Nothing can be done here. */
    String nothing(String words) {
        return frame(null, "首信易支付（测试）", "<p role=\"alert\">%s</p>\n".formatted(escape(words)));
    }

    static String styles() {
        var styles =
                new StringBuilder(
                        """
                        :root{--brand:#444}
                        *{box-sizing:border-box}
                        body{margin:0;background:#eef0f3;color:#1d2129;font:16px/1.5 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif}
                        .ribbon{margin:0;padding:.5rem;background:#ffd84d;color:#332900;text-align:center;font-weight:600}
                        header{background:var(--brand);color:#fff;padding:1.25rem}
                        header h1{max-width:36rem;margin:0 auto;font-size:1.25rem}
                        header small{display:block;font-weight:400;font-size:.875rem}
                        main{max-width:38rem;margin:1.5rem auto;padding:1.5rem;background:#fff;border-top:.375rem double var(--brand)}
                        .amount{margin:0 0 1rem;font-size:2rem;font-variant-numeric:tabular-nums}
                        dl div{display:flex;justify-content:space-between;gap:1rem;padding:.375rem 0;border-bottom:1px solid #e3e6ea}
                        dt{color:#4a5059}dd{margin:0;text-align:right;overflow-wrap:anywhere}
                        label{display:block;margin-top:1rem;font-weight:600}
                        input{width:100%;padding:.625rem;font:inherit;border:1px solid #6b7280}
                        .hint{margin:.25rem 0 1rem;color:#4a5059;font-size:.875rem}
                        button{width:100%;margin-top:.5rem;padding:.75rem;font:inherit;border:1px solid #6b7280;background:#fff;color:#1d2129;cursor:pointer}
                        button.pay{background:var(--brand);border-color:var(--brand);color:#fff;font-weight:600}
                        :focus-visible{outline:3px solid #1a73e8;outline-offset:2px}
                        .banks{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:.5rem}
                        .banks button{margin:0;text-align:left;border-left:.375rem solid var(--brand)}
                        .banks small{display:block;color:#4a5059}
                        """);
        for (var bank : Bank.values()) {
            styles.append(".%s{--brand:%s}\n".formatted(bank.name(), bank.colour()));
        }
        return styles.toString();
    }

    /** All but the first character. */
    static String masked(String name) {
        return name.substring(0, name.offsetByCodePoints(0, 1))
                + "*".repeat(Math.max(1, name.codePointCount(0, name.length()) - 1));
    }

    private static String frame(@Nullable Bank bank, String title, String content) {
        return """
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>%s</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/payease/sim/bank.css">
        </head>
        <body class="%s">
        <p class="ribbon">TEST 测试 – 不会产生真实扣款 – no real money moves</p>
        <header><h1>%s<small>%s</small></h1></header>
        <main>
        %s</main>
        </body>
        </html>
        """
                .formatted(
                        escape(title),
                        bank == null ? "cashier" : bank.name(),
                        escape(title),
                        escape(
                                bank == null
                                        ? "A pretended payment company"
                                        : "A pretended " + bank.englishName()),
                        content);
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
