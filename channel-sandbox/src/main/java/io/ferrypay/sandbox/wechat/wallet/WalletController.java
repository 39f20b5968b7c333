package io.ferrypay.sandbox.wechat.wallet;

import io.ferrypay.sandbox.wechat.notification.Notifications;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the payer sees after scanning a code: the order, a question, and what came of it. */
@RestController
@RequestMapping("/wallet/wechat")
class WalletController {

    private static final String COOKIE = "ferry_test_wallet";
    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Orders orders;
    private final Notifications notifications;
    private final WalletPage page;
    private final WalletNonces nonces;

    WalletController(
            Orders orders, Notifications notifications, WalletPage page, WalletNonces nonces) {
        this.orders = orders;
        this.notifications = notifications;
        this.page = page;
        this.nonces = nonces;
    }

    @GetMapping
    ResponseEntity<String> show(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(defaultValue = "false") boolean left,
            @RequestParam(defaultValue = "false") boolean stale,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String acceptLanguage,
            @CookieValue(name = COOKIE, required = false) @Nullable String cookie) {
        var words = WalletWords.choose(lang, acceptLanguage);
        var order = orders.findByCode(code);
        if (order == null) {
            return html(HttpStatus.NOT_FOUND, page.nothing(words, code, "unknown"));
        }
        var ended = ending(order);
        if (ended != null) {
            return html(HttpStatus.OK, page.outcome(words, order, code, ended));
        }
        if (left) {
            return html(HttpStatus.OK, page.outcome(words, order, code, "left"));
        }
        try {
            orders.scan(code);
        } catch (OrderRefused e) {
            return html(HttpStatus.GONE, page.nothing(words, code, "expired"));
        }
        var session = cookie == null ? nonces.newCookie() : cookie;
        var body = page.confirm(words, order, code, nonces.nonce(session, code), stale);
        return headers(ResponseEntity.ok())
                .header(HttpHeaders.SET_COOKIE, sessionCookie(session))
                .body(body);
    }

    /** Does what the person chose and sends the browser to the page that shows it. */
    @PostMapping
    ResponseEntity<Void> decide(
            @RequestParam String code,
            @RequestParam String nonce,
            @RequestParam String action,
            @RequestParam(required = false) @Nullable String lang,
            @CookieValue(name = COOKIE, required = false) @Nullable String cookie) {
        if (!nonces.isGenuine(cookie, code, nonce)) {
            return seeOther(code, lang, "&stale=true");
        }
        try {
            var number = orders.scan(code).outTradeNo();
            switch (action) {
                case "pay" -> notifications.tell(orders.pay(number, PaidBy.TEST_PAYER));
                case "decline" -> orders.decline(number, "银行拒绝", true);
                default -> {
                    return seeOther(code, lang, "&left=true");
                }
            }
        } catch (OrderRefused e) {
            return seeOther(code, lang, ""); // The page says why.
        }
        return seeOther(code, lang, "");
    }

    private static @Nullable String ending(Order order) {
        return switch (order.state()) {
            case SUCCESS -> "paid";
            case PAYERROR -> "failed";
            case CLOSED -> "closed";
            case NOTPAY -> null;
        };
    }

    private static ResponseEntity<Void> seeOther(String code, @Nullable String lang, String more) {
        var target =
                "/wallet/wechat?code="
                        + URLEncoder.encode(code, StandardCharsets.UTF_8)
                        + (lang == null
                                ? ""
                                : "&lang=" + URLEncoder.encode(lang, StandardCharsets.UTF_8))
                        + more;
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.LOCATION, target)
                .build();
    }

    private static ResponseEntity<String> html(HttpStatus status, String body) {
        return headers(ResponseEntity.status(status)).body(body);
    }

    private static ResponseEntity.BodyBuilder headers(ResponseEntity.BodyBuilder response) {
        return response.contentType(HTML)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self';"
                                + " base-uri 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
    }

    private static String sessionCookie(String value) {
        return ResponseCookie.from(COOKIE, value)
                .path("/wallet")
                .httpOnly(true)
                .sameSite("Strict")
                .build()
                .toString();
    }
}
