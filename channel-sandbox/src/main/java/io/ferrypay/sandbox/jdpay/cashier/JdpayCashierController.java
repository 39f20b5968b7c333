package io.ferrypay.sandbox.jdpay.cashier;

import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.order.JdpayCodes;
import io.ferrypay.sandbox.jdpay.order.JdpayOrder;
import io.ferrypay.sandbox.jdpay.order.JdpayOrders;
import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The pages of {@code wepay.jd.com} and {@code h5pay.jd.com}. Whoever knows an order's key may pay
 * it, so the key in the form is proof enough that its page was seen.
 */
@RestController
@OnlyWithJdpayKeys
class JdpayCashierController {

    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final int NONCE_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final JdpayCashier cashier;
    private final JdpayOrders orders;
    private final JdpayCashierPage page;

    JdpayCashierController(JdpayCashier cashier, JdpayOrders orders, JdpayCashierPage page) {
        this.cashier = cashier;
        this.orders = orders;
        this.page = page;
    }

    /** For computers and for phones; what goes wrong here is a page and no protocol. */
    @PostMapping({"/jdpay/jdpay/saveOrder", "/jdpay/h5/jdpay/saveOrder"})
    ResponseEntity<String> saveOrder(
            HttpServletRequest request,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String acceptLanguage) {
        try {
            var posted = new HashMap<String, String>();
            request.getParameterMap()
                    .forEach((name, values) -> {
                        if (values.length != 1) {
                            throw JdpayError.badParameter(name);
                        }
                        posted.put(name, values[0]);
                    });
            return redirect(HttpStatus.FOUND, cashier.saveOrder(posted), null, "");
        } catch (JdpayError e) {
            var words = JdpayWords.choose(null, acceptLanguage);
            return html(
                    HttpStatus.OK,
                    page.nothing(words, "refused", e.code() + " " + e.description()),
                    null,
                    null);
        }
    }

    /** What a QR code leads to. */
    @GetMapping("/jdpay/code")
    ResponseEntity<String> scanned(
            @RequestParam(defaultValue = "") String c,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String acceptLanguage) {
        var order = orders.findByCode(c);
        return order == null
                ? unknown(JdpayWords.choose(null, acceptLanguage))
                : redirect(HttpStatus.FOUND, order, null, "");
    }

    /** The test wallet's address, as the other acquirers' wallets have it. */
    @GetMapping("/wallet/jdpay")
    ResponseEntity<String> wallet(
            @RequestParam(defaultValue = "") String code,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String acceptLanguage) {
        var c = JdpayCodes.code(code);
        return scanned(c == null ? "" : c, acceptLanguage);
    }

    @GetMapping("/jdpay/jdpay/payCashier")
    ResponseEntity<String> show(
            @RequestParam(defaultValue = "") String tradeNum,
            @RequestParam(defaultValue = "") String key,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(defaultValue = "false") boolean left,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String acceptLanguage) {
        var words = JdpayWords.choose(lang, acceptLanguage);
        var order = cashier.find(tradeNum, key);
        if (order == null) {
            return unknown(words);
        }
        var callback = order.terms().callbackUrl();
        return switch (order.status()) {
            case CREATED, PROCESSING ->
                    left
                            ? ended(words, order, "left", callback, false)
                            : html(HttpStatus.OK, page.confirm(words, order), null, null);
            case SUCCESS ->
                    ended(words, order, callback == null ? "scanned" : "paid", callback, true);
            case FAILED -> ended(words, order, "failed", callback, false);
            case CLOSED -> ended(words, order, "closed", null, false);
        };
    }

    /** Does what the person chose and sends the browser to the page that shows it. */
    @PostMapping("/jdpay/jdpay/payCashier")
    ResponseEntity<String> decide(
            @RequestParam String tradeNum,
            @RequestParam String key,
            @RequestParam String action,
            @RequestParam(required = false) @Nullable String lang) {
        var order = cashier.find(tradeNum, key);
        if (order == null) {
            return unknown(JdpayWords.choose(lang, null));
        }
        try {
            switch (action) {
                case "pay" -> cashier.pay(tradeNum);
                case "decline" -> cashier.decline(tradeNum);
                default -> {
                    return redirect(HttpStatus.SEE_OTHER, order, lang, "&left=true");
                }
            }
        } catch (JdpayError e) {
            return redirect(HttpStatus.SEE_OTHER, order, lang, ""); // The page says why.
        }
        return redirect(HttpStatus.SEE_OTHER, order, lang, "");
    }

    private ResponseEntity<String> ended(
            JdpayWords words,
            JdpayOrder order,
            String outcome,
            @Nullable String callback,
            boolean byItself) {
        var nonce = byItself && callback != null ? nonce() : null;
        return html(
                HttpStatus.OK,
                page.outcome(
                        words,
                        order,
                        outcome,
                        callback == null ? null : cashier.wayBack(order),
                        nonce),
                callback,
                nonce);
    }

    private ResponseEntity<String> unknown(JdpayWords words) {
        return html(HttpStatus.NOT_FOUND, page.nothing(words, "unknown", ""), null, null);
    }

    private String nonce() {
        var bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static ResponseEntity<String> redirect(
            HttpStatus status, JdpayOrder order, @Nullable String lang, String more) {
        var target =
                JdpayCashierPage.link(order, null).replace("&amp;", "&")
                        + (lang == null
                                ? ""
                                : "&lang=" + URLEncoder.encode(lang, StandardCharsets.UTF_8))
                        + more;
        return ResponseEntity.status(status)
                .header(HttpHeaders.LOCATION, target)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body("");
    }

    /**
     * @param postsTo where the page's form may go beside this server
     * @param scriptNonce of the one script that may run
     */
    private static ResponseEntity<String> html(
            HttpStatus status,
            String body,
            @Nullable String postsTo,
            @Nullable String scriptNonce) {
        return ResponseEntity.status(status)
                .contentType(HTML)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'"
                                + origin(postsTo)
                                + (scriptNonce == null
                                        ? ""
                                        : "; script-src 'nonce-" + scriptNonce + "'")
                                + "; base-uri 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .body(body);
    }

    private static String origin(@Nullable String url) {
        var address = url == null ? null : HttpUrl.parse(url);
        return address == null
                ? ""
                : " " + address.scheme() + "://" + address.host() + ":" + address.port();
    }
}
