package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.checkout.Device;
import io.ferrypay.paymentchannel.checkout.Devices;
import io.ferrypay.paymentchannel.merchant.Merchant;
import io.ferrypay.paymentchannel.merchant.Merchants;
import io.ferrypay.problem.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code /dynamic-codes/{token}}: what the page behind a till's code calls. Anyone may. */
@RestController
class DynamicCodeController {

    private static final Pattern PHONE = Pattern.compile("[A-Za-z0-9_-]{22,64}");

    private final OpenDynamicCode openDynamicCode;
    private final Merchants merchants;
    private final Devices devices;
    private final Clock clock;

    DynamicCodeController(
            OpenDynamicCode openDynamicCode, Merchants merchants, Devices devices, Clock clock) {
        this.openDynamicCode = openDynamicCode;
        this.merchants = merchants;
        this.devices = devices;
        this.clock = clock;
    }

    /**
     * What the page behind a dynamic code shows; nothing the shop keeps to itself.
     *
     * @param wallet in whose browser the page is open, as it says itself; null in any other
     * @param takenByOther whether another phone pays
     * @param link of the payment's page, for the phone that may pay
     */
    record DynamicCodeView(
            boolean livemode,
            SessionStatus status,
            String merchant,
            String store,
            String amount,
            String currency,
            @Nullable String payerAmount,
            @Nullable String payerCurrency,
            @Nullable PaymentMethod wallet,
            boolean takenByOther,
            @Nullable String link,
            Instant expiresAt,
            Instant serverTime) {

        @Override
        public String toString() {
            return "DynamicCodeView[" + status + "]";
        }
    }

    /**
     * @param phone the page's own random number, kept on the phone
     */
    record OpenRequest(@Nullable String phone) {}

    @PostMapping(
            path = "/dynamic-codes/{token}:open",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<DynamicCodeView> open(
            @PathVariable String token,
            @RequestBody OpenRequest request,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false)
                    @Nullable String userAgent) {
        if (request.phone() == null || !PHONE.matcher(request.phone()).matches()) {
            throw ApiException.invalid(
                    "/phone", "wrong_format", "must be 22 to 64 letters and digits");
        }
        var phone = request.phone();
        var opened =
                CodeTokens.hash(token)
                        .flatMap(hash -> openDynamicCode.open(hash, phone))
                        .orElseThrow(DynamicCodeController::leadsNowhere);
        return answer(
                view(
                        opened.session(),
                        devices.of(userAgent),
                        opened.takenByOther(),
                        opened.link()));
    }

    @GetMapping(path = "/dynamic-codes/{token}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<DynamicCodeView> look(
            @PathVariable String token,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false)
                    @Nullable String userAgent) {
        var session =
                CodeTokens.hash(token)
                        .flatMap(openDynamicCode::look)
                        .orElseThrow(DynamicCodeController::leadsNowhere);
        return answer(view(session, devices.of(userAgent), session.holderHash() != null, null));
    }

    private DynamicCodeView view(
            Session session, Device device, boolean takenByOther, @Nullable String link) {
        var payer = session.payerAmount();
        return new DynamicCodeView(
                session.mode().livemode(),
                session.status(clock.instant()),
                merchants.find(session.merchantId()).map(Merchant::displayName).orElse(""),
                session.storeName(),
                session.amount().toDecimalString(),
                session.amount().currency().code(),
                payer == null ? null : payer.toDecimalString(),
                payer == null ? null : payer.currency().code(),
                wallet(device),
                takenByOther,
                link,
                session.expiresAt(),
                clock.instant());
    }

    private static @Nullable PaymentMethod wallet(Device device) {
        return switch (device) {
            case INSIDE_WECHAT -> PaymentMethod.WECHAT;
            case INSIDE_ALIPAY -> PaymentMethod.ALIPAY;
            case INSIDE_JD -> PaymentMethod.JDPAY;
            case COMPUTER, PHONE -> null;
        };
    }

    private static ResponseEntity<DynamicCodeView> answer(DynamicCodeView view) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view);
    }

    private static ApiException leadsNowhere() {
        return ApiException.of(SpotPayProblems.UNKNOWN_DYNAMIC_CODE);
    }
}
