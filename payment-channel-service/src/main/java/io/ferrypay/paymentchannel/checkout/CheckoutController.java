package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.checkout.ShowCheckout.Shown;
import io.ferrypay.paymentchannel.payment.PresentCode;
import io.ferrypay.paymentchannel.payment.PresentCode.Result;
import io.ferrypay.problem.ApiException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /checkout/{nonce}}: what the shopper's page calls. The link itself is the permission. */
@RestController
@RequestMapping("/checkout/{nonce}")
class CheckoutController {

    private final ShowCheckout showCheckout;
    private final PresentCode presentCode;
    private final CheckoutStreams streams;

    CheckoutController(
            ShowCheckout showCheckout, PresentCode presentCode, CheckoutStreams streams) {
        this.showCheckout = showCheckout;
        this.presentCode = presentCode;
        this.streams = streams;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CheckoutView> show(@PathVariable String nonce) {
        return answer(find(nonce));
    }

    @PostMapping(
            path = "/attempts",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<CheckoutView> attempt(
            @PathVariable String nonce, @RequestBody AttemptRequest request) {
        return switch (presentCode.present(nonce, request.channel())) {
            case Result.Presented _ -> answer(find(nonce));
            case Result.NoSuchLink _ -> throw unknownLink();
            case Result.NotAvailable _ ->
                    throw ApiException.of(CheckoutProblems.METHOD_NOT_AVAILABLE);
            case Result.ChannelRefused _ -> throw ApiException.of(CheckoutProblems.CHANNEL_REFUSED);
            case Result.ChannelSilent _ ->
                    throw ApiException.of(CheckoutProblems.CHANNEL_UNAVAILABLE)
                            .retryAfter(Duration.ofSeconds(2));
        };
    }

    @GetMapping("/events")
    void events(@PathVariable String nonce, HttpServletResponse response)
            throws IOException, InterruptedException {
        streams.stream(find(nonce), () -> showCheckout.show(nonce), response);
    }

    private Shown find(String nonce) {
        return showCheckout.show(nonce).orElseThrow(CheckoutController::unknownLink);
    }

    private static ApiException unknownLink() {
        return ApiException.of(CheckoutProblems.UNKNOWN_PAYMENT_LINK);
    }

    private static ResponseEntity<CheckoutView> answer(Shown shown) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(shown.view());
    }

    /** How the shopper wants to pay. */
    record AttemptRequest(@Nullable String method) {

        ChannelCode channel() {
            if (method == null) {
                throw ApiException.invalid("/method", "required", "must be given");
            }
            return ChannelCode.ofWireName(method)
                    .orElseThrow(() ->
                            ApiException.invalid("/method", "not_allowed", "is not a way to pay"));
        }
    }
}
