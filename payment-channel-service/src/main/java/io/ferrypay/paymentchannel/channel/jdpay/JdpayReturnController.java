package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.PayerReturns;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where JD's cashier has the payer's browser post to at the end. What it says about the payment is
 * not even looked at, for nobody knows what its {@code status} means: JD is asked instead. The
 * answer is a 303, because a post from another site brings no cookies along.
 */
@RestController
class JdpayReturnController {

    private static final Logger log = LoggerFactory.getLogger(JdpayReturnController.class);
    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final int MAX_FIELDS = 40;

    private final JdpayAccounts accounts;
    private final PayerReturns returns;

    JdpayReturnController(JdpayAccounts accounts, PayerReturns returns) {
        this.accounts = accounts;
        this.returns = returns;
    }

    @PostMapping("/channels/jdpay/returns/{account}")
    ResponseEntity<String> come(@PathVariable String account, HttpServletRequest request)
            throws IOException {
        var known = accounts.find(account).orElse(null);
        if (known == null) {
            return page(HttpStatus.NOT_FOUND, "There is nothing here.");
        }
        var body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        var posted = body.length > MAX_BODY_BYTES ? null : fields(body);
        var plain = posted == null ? null : known.messages().openForm(posted);
        var number = plain == null ? null : plain.get("tradeNum");
        if (number == null || isSomebodyElses(known, plain)) {
            log.warn("A browser's return from JD Pay to account {} was not JD's", account);
            return page(
                    HttpStatus.BAD_REQUEST,
                    "We could not read what JD Pay sent. Please go back to the shop's page: it"
                            + " shows whether the payment went through.");
        }
        return returns.pageAfter(account, number)
                .map(page ->
                        ResponseEntity.status(HttpStatus.SEE_OTHER)
                                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                                .header("Referrer-Policy", "no-referrer")
                                .location(page)
                                .body(""))
                .orElseGet(() -> page(HttpStatus.NOT_FOUND, "We do not know this order."));
    }

    private static boolean isSomebodyElses(
            JdpayAccount account, @Nullable Map<String, String> plain) {
        var merchant = plain == null ? null : plain.get("merchant");
        return merchant != null && !merchant.equals(account.settings().merchant());
    }

    /** Read by hand: a field that stands there twice could mean either, so it means nothing. */
    private static @Nullable Map<String, String> fields(byte[] body) {
        var fields = new LinkedHashMap<String, String>();
        for (var pair : new String(body, StandardCharsets.US_ASCII).split("&", MAX_FIELDS + 1)) {
            int equals = pair.indexOf('=');
            if (equals < 0 || fields.size() == MAX_FIELDS) {
                return null;
            }
            try {
                var name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                var value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                if (fields.put(name, value) != null) {
                    return null;
                }
            } catch (IllegalArgumentException e) {
                return null; // A percent sign that encodes nothing.
            }
        }
        return fields;
    }

    private static ResponseEntity<String> page(HttpStatus status, String text) {
        return ResponseEntity.status(status)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.TEXT_PLAIN)
                .body(text);
    }
}
