package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.IdentifiesPayers.IdentityAnswer;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.Payer;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.checkout.ShowCheckout.Shown;
import io.ferrypay.paymentchannel.payment.StartAttempt;
import io.ferrypay.paymentchannel.payment.StartAttempt.Choice;
import io.ferrypay.paymentchannel.payment.StartAttempt.Result;
import io.ferrypay.problem.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /checkout/{nonce}}: what the shopper's page calls. The link itself is the permission. */
@RestController
@RequestMapping("/checkout/{nonce}")
class CheckoutController {

    private final ShowCheckout showCheckout;
    private final StartAttempt startAttempt;
    private final IdentifyPayer identifyPayer;
    private final CheckoutStreams streams;
    private final Devices devices;
    private final String publicUrl;

    CheckoutController(
            ShowCheckout showCheckout,
            StartAttempt startAttempt,
            IdentifyPayer identifyPayer,
            CheckoutStreams streams,
            Devices devices,
            @Value("${ferry.public-url}") String publicUrl) {
        this.showCheckout = showCheckout;
        this.startAttempt = startAttempt;
        this.identifyPayer = identifyPayer;
        this.streams = streams;
        this.devices = devices;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CheckoutView> show(
            @PathVariable String nonce,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false)
                    @Nullable String userAgent) {
        return answer(find(nonce, devices.of(userAgent), null).view());
    }

    @PostMapping(
            path = "/attempts",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CheckoutView> attempt(
            @PathVariable String nonce,
            @RequestBody AttemptRequest request,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false)
                    @Nullable String userAgent,
            HttpServletRequest http) {
        var device = devices.of(userAgent);
        var page = find(nonce, device, null);
        var choice = request.choice(page.view(), http.getRemoteAddr());
        return switch (startAttempt.startOnPage(page.paymentId(), choice)) {
            case Result.Offered(var offer) -> answer(find(nonce, device, offer).view());
            case Result.IdentifyFirst(var accountId) ->
                    answer(
                            find(nonce, device, null)
                                    .view()
                                    .withFirst(identifyPayer.begin(nonce, accountId)));
            case Result.NoSuchLink _ -> throw unknownLink();
            case Result.NotAvailable _ ->
                    throw ApiException.of(CheckoutProblems.METHOD_NOT_AVAILABLE);
            case Result.TooManyAttempts _ ->
                    throw ApiException.of(CheckoutProblems.TOO_MANY_ATTEMPTS);
            case Result.ChannelRefused _ -> throw ApiException.of(CheckoutProblems.CHANNEL_REFUSED);
            case Result.ChannelDown _ ->
                    throw ApiException.of(CheckoutProblems.CHANNEL_DOWN)
                            .retryAfter(Duration.ofSeconds(10));
            case Result.ChannelSilent _ ->
                    throw ApiException.of(CheckoutProblems.CHANNEL_UNAVAILABLE)
                            .retryAfter(Duration.ofSeconds(2));
        };
    }

    @GetMapping(path = "/banks", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<BankList> banks(@PathVariable String nonce) {
        var choices = showCheckout.banks(nonce).orElseThrow(CheckoutController::unknownLink);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new BankList("list", choices));
    }

    /** Where a wallet's browser comes back with word of who its user is; ends on the page. */
    @GetMapping("/payer/{account}")
    ResponseEntity<Void> payer(
            @PathVariable String nonce,
            @PathVariable String account,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String state,
            HttpServletRequest http) {
        if (!identifyPayer.knows(account)) {
            throw unknownLink();
        }
        if (identifyPayer.end(nonce, account, code, state)
                instanceof IdentityAnswer.Known(var walletUserId)) {
            startAttempt.start(
                    nonce,
                    new Choice(
                            PaymentMethod.WECHAT,
                            Flow.IN_WALLET,
                            new Payer(http.getRemoteAddr(), walletUserId, null, null)));
        }
        // Whatever came of it, the page shows: an offer, or the button to try again.
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(publicUrl + "/pay/" + nonce))
                .cacheControl(CacheControl.noStore())
                .build();
    }

    @GetMapping("/events")
    void events(
            @PathVariable String nonce,
            @RequestHeader(name = HttpHeaders.USER_AGENT, required = false)
                    @Nullable String userAgent,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        var device = devices.of(userAgent);
        streams.stream(
                find(nonce, device, null).snapshot(),
                () -> showCheckout.show(nonce, device, null).map(Shown::snapshot),
                response);
    }

    private Shown find(String nonce, Device device, @Nullable Offer made) {
        return showCheckout.show(nonce, device, made).orElseThrow(CheckoutController::unknownLink);
    }

    private static ApiException unknownLink() {
        return ApiException.of(CheckoutProblems.UNKNOWN_PAYMENT_LINK);
    }

    private static ResponseEntity<CheckoutView> answer(CheckoutView view) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view);
    }

    /**
     * How the shopper wants to pay.
     *
     * @param flow left out, the best for the device is taken
     * @param bankCode with {@code onlinebank}
     * @param payer with {@code onlinebank}
     */
    record AttemptRequest(
            @Nullable String method,
            @Nullable String flow,
            @Nullable String bankCode,
            @Nullable PayerForm payer) {

        private static final Pattern BANK_CODE = Pattern.compile("[A-Z]{2,8}");

        Choice choice(CheckoutView page, String ip) {
            var wantedMethod = wantedMethod();
            var wantedFlow = wantedFlow(page, wantedMethod);
            if (wantedMethod != PaymentMethod.ONLINEBANK) {
                return new Choice(wantedMethod, wantedFlow, new Payer(ip, null, null, null));
            }
            if (bankCode == null) {
                throw ApiException.invalid("/bank_code", "required", "must be given");
            }
            if (!BANK_CODE.matcher(bankCode).matches()) {
                throw ApiException.invalid("/bank_code", "not_allowed", "is not a bank");
            }
            if (payer == null) {
                throw ApiException.invalid("/payer", "required", "must be given");
            }
            return new Choice(
                    wantedMethod, wantedFlow, new Payer(ip, null, bankCode, payer.check()));
        }

        private PaymentMethod wantedMethod() {
            if (method == null) {
                throw ApiException.invalid("/method", "required", "must be given");
            }
            return PaymentMethod.ofWireName(method)
                    .orElseThrow(() ->
                            ApiException.invalid("/method", "not_allowed", "is not a way to pay"));
        }

        private Flow wantedFlow(CheckoutView page, PaymentMethod wantedMethod) {
            if (flow != null) {
                return Flow.ofWireName(flow)
                        .orElseThrow(() ->
                                ApiException.invalid("/flow", "not_allowed", "is not a flow"));
            }
            return page.methods().stream()
                    .filter(known -> known.type() == wantedMethod)
                    .map(CheckoutView.Method::flows)
                    .findFirst()
                    .orElse(List.of())
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> ApiException.of(CheckoutProblems.METHOD_NOT_AVAILABLE));
        }
    }
}
