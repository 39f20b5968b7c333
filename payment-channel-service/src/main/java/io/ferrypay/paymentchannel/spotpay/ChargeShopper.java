package io.ferrypay.paymentchannel.spotpay;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.payment.ChargePayCode;
import io.ferrypay.paymentchannel.payment.NewCharge;
import io.ferrypay.paymentchannel.payment.NewPayment;
import io.ferrypay.paymentchannel.payment.Sha256;
import io.ferrypay.problem.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Charges the code a shopper shows at a till: a session like any other, whose payment is a charge.
 * What is not clear is for {@link ChargePayCode} and the clock; the session says how it stands.
 */
@Service
class ChargeShopper {

    private static final Duration DOWN = Duration.ofSeconds(5);

    private final ChargePayCode chargePayCode;
    private final CashierLimits limits;
    private final Sessions sessions;
    private final Clock clock;

    ChargeShopper(
            ChargePayCode chargePayCode, CashierLimits limits, Sessions sessions, Clock clock) {
        this.chargePayCode = chargePayCode;
        this.limits = limits;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * What a till asks for.
     *
     * @param code goes to the channel and is kept nowhere
     * @param merchantReference the till's own number; null for one of ours
     */
    record Wish(Money amount, PayCode code, @Nullable String merchantReference) {}

    /** Once for an idempotency key, however often it is asked for. */
    StartSession.Started charge(DeviceCaller device, Wish wish, String key, Sha256 fingerprint) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = "spot_" + UlidCreator.getMonotonicUlid(now.toEpochMilli());
        var wanted =
                new NewCharge(
                        device.merchantId(),
                        device.mode(),
                        wish.merchantReference() == null ? id : wish.merchantReference(),
                        wish.amount(),
                        wish.code(),
                        device.storeName(),
                        null,
                        null,
                        StartSession.notes(device, id),
                        new NewPayment.Till(device.deviceId(), device.storeId()));
        return switch (chargePayCode.chargeWith(
                () -> limits.refusalOfSale(device, wish.amount()),
                (paymentId, wallet) -> sessions.add(id, paymentId, device, wallet, null, now),
                wanted,
                StartSession.scope(device, key),
                fingerprint)) {
            case ChargePayCode.Result.Charged(var payment, _, var replayed) ->
                    new StartSession.Started(
                            sessions.ofPayment(device, payment.id()).orElseThrow(), replayed);
            case ChargePayCode.Result.CodeNotRecognized _ ->
                    throw ApiException.of(
                            SpotPayProblems.PAY_CODE_NOT_RECOGNIZED,
                            problem ->
                                    problem.detail(
                                                    "The code is neither WeChat Pay's nor"
                                                            + " Alipay's. Nothing was charged.")
                                            .error(
                                                    "/pay_code",
                                                    "not_recognized",
                                                    "is no code of a wallet we know"));
            case ChargePayCode.Result.ChannelDown _ ->
                    throw ApiException.of(SpotPayProblems.CHANNEL_DOWN).retryAfter(DOWN);
            case ChargePayCode.Result.NotCreated(var why) -> throw StartSession.refusal(why);
        };
    }
}
