package io.ferrypay.sandbox.alipay.cashier;

import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.alipay.order.TradeRefused;
import io.ferrypay.sandbox.alipay.order.Trades;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The cashier a browser is sent to, and what the app shows after scanning a code. An address with
 * the order's secret is what lets somebody pay, as on the real side.
 */
@RestController
class CashierController {

    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Trades trades;
    private final Cashier cashier;
    private final CashierPage page;

    CashierController(Trades trades, Cashier cashier, CashierPage page) {
        this.trades = trades;
        this.cashier = cashier;
        this.page = page;
    }

    @GetMapping("/alipay/cashier/{token}")
    ResponseEntity<String> show(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(required = false) @Nullable String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "")
                    String acceptLanguage) {
        return show(trades.findByToken(token), outcome, language(lang, acceptLanguage));
    }

    /** What the content of a code leads to, for whoever opens it. */
    @GetMapping("/alipay/q/{code}")
    ResponseEntity<String> scan(
            @PathVariable String code,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "")
                    String acceptLanguage) {
        return show(trades.findByToken(code), "", language(null, acceptLanguage));
    }

    @GetMapping("/wallet/alipay")
    ResponseEntity<String> wallet(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(required = false) @Nullable String lang,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, defaultValue = "")
                    String acceptLanguage) {
        return show(trades.findByToken(code), "", language(lang, acceptLanguage));
    }

    /** Does what the person chose and sends the browser to where that leads. */
    @PostMapping("/alipay/cashier/{token}")
    ResponseEntity<String> decide(
            @PathVariable String token,
            @RequestParam String action,
            @RequestParam(defaultValue = "en") String lang) {
        var trade = trades.findByToken(token);
        if (trade == null) {
            return show(null, "", lang.startsWith("zh"));
        }
        var outcome = "";
        try {
            switch (action) {
                case "pay" -> {
                    var back = cashier.returnUrl(cashier.pay(trade.outTradeNo()));
                    if (back != null) {
                        return seeOther(back);
                    }
                }
                case "decline" -> trades.decline(trade.outTradeNo(), "RISK_REJECT");
                default -> outcome = "&outcome=left";
            }
        } catch (TradeRefused e) {
            outcome = ""; // The page says why.
        }
        return seeOther(
                "/alipay/cashier/%s?lang=%s%s"
                        .formatted(trade.token(), lang.startsWith("zh") ? "zh" : "en", outcome));
    }

    private ResponseEntity<String> show(@Nullable Trade trade, String outcome, boolean chinese) {
        if (trade == null) {
            return headers(ResponseEntity.status(HttpStatus.NOT_FOUND), "")
                    .body(page.nothing(chinese));
        }
        var shown = trade.seen() ? trade : trades.show(trade.outTradeNo());
        return headers(ResponseEntity.ok(), origin(shown.term("return_url")))
                .body(page.of(shown, cashier.returnUrl(shown), outcome.equals("left"), chinese));
    }

    private static boolean language(@Nullable String chosen, String acceptLanguage) {
        return (chosen == null ? acceptLanguage : chosen).toLowerCase(Locale.ROOT).startsWith("zh");
    }

    private static ResponseEntity<String> seeOther(String target) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.LOCATION, target)
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    /** A form may only lead to where it was posted, and to where its answer redirects. */
    private static ResponseEntity.BodyBuilder headers(
            ResponseEntity.BodyBuilder response, String shop) {
        return response.contentType(HTML)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' "
                                + shop
                                + "; base-uri 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }

    private static String origin(String url) {
        try {
            var uri = new URI(url);
            return uri.getHost() == null
                    ? ""
                    : uri.getScheme()
                            + "://"
                            + uri.getHost()
                            + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
