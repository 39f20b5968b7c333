package io.ferrypay.sandbox.payease;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes orders from browsers and plays the bank's page. */
@RestController
@RequestMapping("/payease")
class BankController {

    static final String DIRECT_UTF8 = "/customer/gb/pay_bank_utf8.jsp";
    static final String DIRECT_GBK = "/customer/gb/pay_bank.jsp";
    static final String CASHIER = "/prs/user_payment.checkit";

    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private static final MediaType CSS = new MediaType("text", "css", StandardCharsets.UTF_8);
    private static final int MAX_FORM = 16 * 1024;

    private final ArrivedOrder arrived;
    private final Orders orders;
    private final Payer payer;
    private final BankPage page;
    private final byte[] secret = new byte[32];

    BankController(ArrivedOrder arrived, Orders orders, Payer payer, BankPage page) {
        this.arrived = arrived;
        this.orders = orders;
        this.payer = payer;
        this.page = page;
        new SecureRandom().nextBytes(secret);
    }

    @PostMapping(DIRECT_UTF8)
    ResponseEntity<String> utf8(HttpServletRequest request) throws IOException {
        return take(request, false, true);
    }

    @PostMapping(DIRECT_GBK)
    ResponseEntity<String> gbk(HttpServletRequest request) throws IOException {
        return take(request, true, true);
    }

    @PostMapping(CASHIER)
    ResponseEntity<String> cashier(HttpServletRequest request) throws IOException {
        return take(request, true, false);
    }

    @GetMapping("/sim/bank/{oid}")
    ResponseEntity<String> show(@PathVariable String oid) {
        var order = orders.find(oid);
        if (order == null) {
            return html(404, page.nothing(Refused.INVALID_ORDER), null);
        }
        if (!order.isPayable()) {
            return html(409, page.nothing(Refused.NOT_PAYABLE), null);
        }
        var bank = order.bank();
        return html(
                200,
                bank == null ? page.choose(order, token(oid)) : page.pay(order, bank, token(oid)),
                order);
    }

    @PostMapping("/sim/bank/{oid}")
    ResponseEntity<String> decide(@PathVariable String oid, HttpServletRequest request)
            throws IOException {
        var form = Form.read(body(request), StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(
                token(oid).getBytes(StandardCharsets.US_ASCII),
                form.get("token").getBytes(StandardCharsets.UTF_8))) {
            return seeOther("/payease/sim/bank/" + oid);
        }
        try {
            return switch (form.get("action")) {
                case "pay" -> seeOther(payer.back(payer.pay(oid, form.orNull("holder"))));
                case "decline" -> seeOther(payer.back(payer.decline(oid, "支付失败")));
                case "choose" -> {
                    var bank = Bank.ofPmode(form.orNull("bank"));
                    if (bank != null) {
                        orders.choose(oid, bank);
                    }
                    yield seeOther("/payease/sim/bank/" + oid);
                }
                default -> {
                    var order = orders.find(oid);
                    yield order == null
                            ? html(404, page.nothing(Refused.INVALID_ORDER), null)
                            : seeOther(payer.back(order));
                }
            };
        } catch (Refused e) {
            return html(e.isUnknownOrder() ? 404 : 409, page.nothing(e.words()), null);
        }
    }

    @GetMapping("/sim/bank.css")
    ResponseEntity<String> styles() {
        return ResponseEntity.ok().contentType(CSS).body(BankPage.styles());
    }

    private ResponseEntity<String> take(HttpServletRequest request, boolean gbk, boolean direct)
            throws IOException {
        try {
            var form = Form.read(body(request), Form.charset(gbk));
            var order = orders.place(arrived.read(form, gbk, direct));
            return seeOther("/payease/sim/bank/" + order.oid());
        } catch (Refused e) {
            return html(400, page.nothing(e.words()), null);
        }
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        return request.getInputStream().readNBytes(MAX_FORM);
    }

    private String token(String oid) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(secret);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest.digest(oid.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ResponseEntity<String> seeOther(String address) {
        return ResponseEntity.status(303)
                .header(HttpHeaders.LOCATION, address)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** A browser holds redirects after a form to {@code form-action}, so the shop is in it. */
    private static ResponseEntity<String> html(int status, String body, @Nullable Order order) {
        var shop = "";
        if (order != null) {
            var url = URI.create(order.url());
            shop = " " + url.getScheme() + "://" + url.getRawAuthority();
        }
        return ResponseEntity.status(status)
                .contentType(HTML)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'"
                                + shop
                                + "; base-uri 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .body(body);
    }
}
