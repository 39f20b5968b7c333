package io.ferrypay.sandbox.wechat.wallet;

import io.ferrypay.sandbox.wechat.notification.Notifications;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
            @RequestParam(required = false) @Nullable String back,
            @RequestParam(defaultValue = "false") boolean bridge,
            @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
                    @Nullable String acceptLanguage,
            @CookieValue(name = COOKIE, required = false) @Nullable String cookie) {
        var words = WalletWords.choose(lang, acceptLanguage);
        var visit = new Visit(words, code, Visit.page(back), bridge);
        var order = orders.findByTicket(code);
        if (order == null) {
            return WalletHtml.answer(HttpStatus.NOT_FOUND, page.nothing(visit, "unknown"));
        }
        var ended = ending(order);
        if (ended != null) {
            return WalletHtml.answer(HttpStatus.OK, page.outcome(visit, order, ended));
        }
        if (left) {
            return WalletHtml.answer(HttpStatus.OK, page.outcome(visit, order, "left"));
        }
        try {
            orders.scan(code);
        } catch (OrderRefused e) {
            return WalletHtml.answer(HttpStatus.GONE, page.nothing(visit, "expired"));
        }
        var session = cookie == null ? nonces.newCookie() : cookie;
        var body = page.confirm(visit, order, nonces.nonce(session, code), stale);
        return WalletHtml.headers(ResponseEntity.ok())
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
            @RequestParam(required = false) @Nullable String back,
            @RequestParam(defaultValue = "false") boolean bridge,
            @CookieValue(name = COOKIE, required = false) @Nullable String cookie) {
        var visit = new Visit(WalletWords.EN, code, Visit.page(back), bridge);
        if (!nonces.isGenuine(cookie, code, nonce)) {
            return seeOther(visit, lang, "&stale=true");
        }
        try {
            var number = orders.scan(code).outTradeNo();
            switch (action) {
                case "pay" -> notifications.tell(orders.pay(number, PaidBy.TEST_PAYER));
                case "decline" -> orders.decline(number, "银行拒绝", true);
                default -> {
                    return seeOther(visit, lang, "&left=true");
                }
            }
        } catch (OrderRefused e) {
            return seeOther(visit, lang, ""); // The page says why.
        }
        return seeOther(visit, lang, "");
    }

    private static @Nullable String ending(Order order) {
        return switch (order.state()) {
            case SUCCESS, REFUND -> "paid";
            case PAYERROR -> "failed";
            case CLOSED, REVOKED -> "closed";
            case NOTPAY, USERPAYING -> null;
        };
    }

    private static ResponseEntity<Void> seeOther(Visit visit, @Nullable String lang, String more) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.LOCATION, visit.address(lang) + more)
                .build();
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
