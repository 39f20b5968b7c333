package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.checkout.Devices;
import io.ferrypay.paymentchannel.staticcode.PayByStaticCode.Tap;
import io.ferrypay.problem.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /static-codes/{link}}: what the page behind a printed code calls. Anyone may. */
@RestController
@RequestMapping("/static-codes/{link}")
class StaticCodeController {

    private static final Pattern LINK = Pattern.compile("[2-9a-z]{12}");

    private final StaticCodes codes;
    private final ShowStaticCode showStaticCode;
    private final PayByStaticCode payByStaticCode;
    private final Devices devices;
    private final JsonMapper json;

    StaticCodeController(
            StaticCodes codes,
            ShowStaticCode showStaticCode,
            PayByStaticCode payByStaticCode,
            Devices devices,
            JsonMapper json) {
        this.codes = codes;
        this.showStaticCode = showStaticCode;
        this.payByStaticCode = payByStaticCode;
        this.devices = devices;
        this.json = json;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<StaticCodeView> show(
            @PathVariable String link,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false)
                    @Nullable String userAgent) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(showStaticCode.show(find(link), link, devices.of(userAgent)));
    }

    @PostMapping(
            path = "/payments",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Made> pay(
            @PathVariable String link,
            @RequestBody PayRequest request,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false)
                    @Nullable String userAgent,
            HttpServletRequest http) {
        var code = find(link);
        var tap = request.tap(code, http.getRemoteAddr(), userAgent);
        var payment = json.readTree(payByStaticCode.pay(code, link, tap));
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new Made(payment.required("redirect_url").asString()));
    }

    private StaticCode find(String link) {
        if (!LINK.matcher(link).matches()) {
            throw ApiException.of(StaticCodeProblems.UNKNOWN_STATIC_CODE);
        }
        return codes.everPrintedWith(link)
                .orElseThrow(() -> ApiException.of(StaticCodeProblems.UNKNOWN_STATIC_CODE));
    }

    /**
     * @param redirectUrl the payment's page
     */
    record Made(String redirectUrl) {

        @Override
        public String toString() {
            return "Made[…]"; // The link opens the payment's page.
        }
    }

    /**
     * What the shopper's page sends.
     *
     * @param token the page's own random number for this tap
     * @param amount what the shopper typed; may be left out where the code has a fixed amount
     * @param locale the language that the shopper reads
     */
    record PayRequest(@Nullable String token, @Nullable String amount, @Nullable String locale) {

        private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22,64}");
        private static final Set<String> LOCALES = Set.of("zh-CN", "en");
        private static final int LONGEST_USER_AGENT = 512;
        private static final long LARGEST_MINOR = 99_999_999_999L;

        private Tap tap(StaticCode code, String ip, @Nullable String userAgent) {
            if (token == null || !TOKEN.matcher(token).matches()) {
                throw ApiException.invalid(
                        "/token", "wrong_format", "must be 22 to 64 letters and digits");
            }
            if (locale != null && !LOCALES.contains(locale)) {
                throw ApiException.invalid("/locale", "not_allowed", "must be zh-CN or en");
            }
            return new Tap(
                    token,
                    amount == null ? null : money(amount, code.currency()),
                    locale,
                    ip,
                    userAgent == null || userAgent.length() <= LONGEST_USER_AGENT
                            ? userAgent
                            : userAgent.substring(0, LONGEST_USER_AGENT));
        }

        private static Money money(String amount, String currency) {
            try {
                var money = Money.parse(amount, currency);
                if (!money.isPositive()) {
                    throw ApiException.invalid("/amount", "too_small", "must be more than zero");
                }
                if (money.minorUnits() > LARGEST_MINOR) {
                    throw ApiException.invalid(
                            "/amount", "too_large", "is more than one payment can carry");
                }
                return money;
            } catch (InvalidAmount e) {
                throw ApiException.invalid(
                        "/amount", "wrong_format", String.valueOf(e.getMessage()));
            }
        }
    }
}
