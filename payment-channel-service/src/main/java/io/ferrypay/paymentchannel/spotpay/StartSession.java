package io.ferrypay.paymentchannel.spotpay;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Payer;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.payment.CreatePayment;
import io.ferrypay.paymentchannel.payment.NewPayment;
import io.ferrypay.paymentchannel.payment.Sha256;
import io.ferrypay.paymentchannel.payment.StartAttempt;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Begins a session: the payment and the session are one transaction. Where a wallet was named its
 * channel is asked for a code after that; a till that hears nothing repeats the request, and the
 * same order is asked for again.
 */
@Service
class StartSession {

    private final CreatePayment createPayment;
    private final StartAttempt startAttempt;
    private final CashierLimits limits;
    private final Sessions sessions;
    private final CodeTokens tokens;
    private final String publicUrl;
    private final Clock clock;

    StartSession(
            CreatePayment createPayment,
            StartAttempt startAttempt,
            CashierLimits limits,
            Sessions sessions,
            CodeTokens tokens,
            @Value("${ferry.public-url}") String publicUrl,
            Clock clock) {
        this.createPayment = createPayment;
        this.startAttempt = startAttempt;
        this.limits = limits;
        this.sessions = sessions;
        this.tokens = tokens;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
        this.clock = clock;
    }

    /**
     * What a till asks for.
     *
     * @param wallet whose own code is wanted; null for one code for all
     * @param merchantReference the till's own number; null for one of ours
     */
    record Wish(
            Money amount,
            @Nullable PaymentMethod wallet,
            @Nullable String merchantReference,
            Duration lifetime) {}

    /**
     * @param replayed the same request had been answered before
     */
    record Started(Session session, boolean replayed) {}

    Started start(DeviceCaller device, Wish wish, String key, Sha256 fingerprint, String address) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = "spot_" + UlidCreator.getMonotonicUlid(now.toEpochMilli());
        return switch (createPayment.createWith(
                () -> limits.refusalOfSale(device, wish.amount()),
                paymentId ->
                        sessions.add(id, paymentId, device, wish.wallet(), tokens.hashFor(id), now),
                payment(device, wish, id),
                scope(device, key),
                fingerprint)) {
            case CreatePayment.Result.Accepted(var paymentId, _, var replayed) -> {
                if (wish.wallet() != null) {
                    offer(paymentId, wish.wallet(), address);
                }
                yield new Started(sessions.ofPayment(device, paymentId).orElseThrow(), replayed);
            }
            case CreatePayment.Result refused -> throw refusal(refused);
        };
    }

    static ApiException refusal(CreatePayment.Result refused) {
        return switch (refused) {
            case CreatePayment.Result.Accepted accepted ->
                    throw new IllegalStateException("no refusal: " + accepted);
            case CreatePayment.Result.ReferenceExists(var paymentId, _) ->
                    ApiException.of(
                            SpotPayProblems.REFERENCE_EXISTS,
                            problem -> problem.with("payment_id", paymentId));
            case CreatePayment.Result.InProgress _ ->
                    ApiException.of(CommonProblems.IDEMPOTENCY_IN_PROGRESS)
                            .retryAfter(Duration.ofSeconds(1));
            case CreatePayment.Result.KeyUsedOtherwise _ ->
                    ApiException.of(CommonProblems.IDEMPOTENCY_MISMATCH);
            case CreatePayment.Result.MerchantNotKnownYet _ ->
                    ApiException.of(CommonProblems.SERVICE_UNAVAILABLE)
                            .retryAfter(Duration.ofSeconds(2));
            case CreatePayment.Result.MerchantSuspended _ ->
                    ApiException.of(SpotPayProblems.MERCHANT_SUSPENDED);
            case CreatePayment.Result.CurrencyNotAccepted(var accepted) ->
                    ApiException.of(
                            SpotPayProblems.CURRENCY_NOT_ACCEPTED,
                            "You are settled in " + accepted + ".");
            case CreatePayment.Result.RiskDenied _ -> ApiException.of(SpotPayProblems.RISK_DENIED);
            case CreatePayment.Result.MethodNotAvailable _ ->
                    ApiException.of(SpotPayProblems.METHOD_NOT_AVAILABLE);
            case CreatePayment.Result.ConditionNotMet(var why) ->
                    ApiException.of(CashierLimits.Refusal.valueOf(why).problem());
            case CreatePayment.Result.QuoteNotUsable _ ->
                    throw new IllegalStateException("none was asked for");
        };
    }

    /** What the shop's own system finds in the payment's metadata. */
    static Map<String, String> notes(DeviceCaller device, String id) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("spotpay_session", id);
        notes.put("device", device.deviceId());
        if (device.cashierId() != null) {
            notes.put("cashier", device.cashierId());
        }
        return notes;
    }

    /** Longer than any key of the merchant's own, and no other till's. */
    static String scope(DeviceCaller device, String key) {
        return "/spotpay/" + device.deviceId() + "/" + key;
    }

    private NewPayment payment(DeviceCaller device, Wish wish, String id) {
        return new NewPayment(
                device.merchantId(),
                device.mode(),
                wish.merchantReference() == null ? id : wish.merchantReference(),
                wish.amount(),
                device.storeName(),
                null,
                // Nobody is led there: the shopper's page stays on the counter.
                publicUrl + "/q/",
                null,
                null,
                wish.lifetime(),
                null,
                wish.wallet() == null ? Set.of() : EnumSet.of(wish.wallet()),
                null,
                null,
                null,
                null,
                notes(device, id),
                null,
                new NewPayment.Till(device.deviceId(), device.storeId()));
    }

    private void offer(String paymentId, PaymentMethod wallet, String address) {
        var choice = new StartAttempt.Choice(wallet, Flow.QR, new Payer(address, null, null, null));
        switch (startAttempt.startOnPage(paymentId, choice)) {
            case StartAttempt.Result.Offered _ -> {
                // Its code, or how it ended, is found with the session.
            }
            case StartAttempt.Result.ChannelSilent _ ->
                    throw ApiException.of(
                                    SpotPayProblems.CHANNEL_UNAVAILABLE,
                                    "Repeat the request with the same Idempotency-Key.")
                            .retryAfter(Duration.ofSeconds(2));
            case StartAttempt.Result.ChannelDown _ ->
                    throw ApiException.of(SpotPayProblems.CHANNEL_DOWN)
                            .retryAfter(Duration.ofSeconds(10));
            case StartAttempt.Result.ChannelRefused _ ->
                    throw ApiException.of(SpotPayProblems.CHANNEL_REFUSED);
            case StartAttempt.Result.NotAvailable _, StartAttempt.Result.TooManyAttempts _ ->
                    throw ApiException.of(SpotPayProblems.METHOD_NOT_AVAILABLE);
            case StartAttempt.Result.NoSuchLink _, StartAttempt.Result.IdentifyFirst _ ->
                    throw new IllegalStateException("a till has no link and shows a code");
        }
    }
}
