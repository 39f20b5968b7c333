package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.payment.CreatePayment;
import io.ferrypay.paymentchannel.payment.NewPayment;
import io.ferrypay.paymentchannel.payment.Sha256;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Makes a payment of what a shopper typed after scanning a printed code. All rules of the code are
 * asked in the transaction that makes the payment, while the code's row is locked: however many
 * shoppers pay at once, its limit of the day holds.
 */
@Service
class PayByStaticCode {

    private static final int REFERENCE_DIGITS = 16;

    private final StaticCodes codes;
    private final CreatePayment createPayment;
    private final StaticCodeSettings settings;
    private final String publicUrl;
    private final Clock clock;

    PayByStaticCode(
            StaticCodes codes,
            CreatePayment createPayment,
            StaticCodeSettings settings,
            @Value("${ferry.public-url}") String publicUrl,
            Clock clock) {
        this.codes = codes;
        this.createPayment = createPayment;
        this.settings = settings;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
        this.clock = clock;
    }

    /** Why a code's rules stand against a payment. */
    private enum Refusal {
        REPLACED,
        DISABLED,
        TOO_SMALL,
        TOO_LARGE,
        FIXED,
        LIMIT_REACHED;

        private ProblemCode problem() {
            return switch (this) {
                case REPLACED -> StaticCodeProblems.CODE_REPLACED;
                case DISABLED -> StaticCodeProblems.CODE_DISABLED;
                case TOO_SMALL -> StaticCodeProblems.AMOUNT_TOO_SMALL;
                case TOO_LARGE -> StaticCodeProblems.AMOUNT_TOO_LARGE;
                case FIXED -> StaticCodeProblems.AMOUNT_IS_FIXED;
                case LIMIT_REACHED -> StaticCodeProblems.DAILY_LIMIT_REACHED;
            };
        }
    }

    /**
     * @param token the page's own number for this tap: the same token is the same payment
     * @param amount null where the code has a fixed one
     */
    record Tap(
            String token,
            @Nullable Money amount,
            @Nullable String locale,
            String payerIp,
            @Nullable String payerUserAgent) {}

    /** The payment in JSON, with its link; refuses with the codes of {@link StaticCodeProblems}. */
    String pay(StaticCode code, String link, Tap tap) {
        var amount = tap.amount() == null ? code.fixed() : tap.amount();
        if (amount == null) {
            throw ApiException.invalid("/amount", "required", "must be given");
        }
        var seed = Sha256.of((code.id() + "\n" + tap.token()).getBytes(StandardCharsets.UTF_8));
        var page = publicUrl + "/s/" + link;
        var wanted =
                new NewPayment(
                        code.merchantId(),
                        code.mode(),
                        code.serial() + "-" + seed.hex().substring(0, REFERENCE_DIGITS),
                        amount,
                        code.storeName() + " · " + code.label(),
                        null,
                        page,
                        page,
                        null,
                        settings.paymentLifetime(),
                        tap.locale(),
                        Set.of(),
                        tap.payerIp(),
                        tap.payerUserAgent(),
                        null,
                        null,
                        Map.of(),
                        code.id(),
                        null);
        // Longer than any key of the merchant's own.
        var key = "/s/" + code.id() + "/" + seed.hex();
        var fingerprint =
                Sha256.of((key + "\n" + amount.toDecimalString()).getBytes(StandardCharsets.UTF_8));
        return switch (createPayment.createIf(
                () -> refusal(code.id(), link, amount), wanted, key, fingerprint)) {
            case CreatePayment.Result.Accepted(_, var body, _) -> body;
            case CreatePayment.Result.ConditionNotMet(var why) ->
                    throw ApiException.of(Refusal.valueOf(why).problem());
            case CreatePayment.Result.InProgress _ ->
                    throw ApiException.of(CommonProblems.IDEMPOTENCY_IN_PROGRESS)
                            .retryAfter(Duration.ofSeconds(1));
            // The token was used before: for another amount, or days ago.
            case CreatePayment.Result.KeyUsedOtherwise _, CreatePayment.Result.ReferenceExists _ ->
                    throw ApiException.of(CommonProblems.IDEMPOTENCY_MISMATCH);
            case CreatePayment.Result.RiskDenied _ ->
                    throw ApiException.of(StaticCodeProblems.RISK_DENIED);
            case CreatePayment.Result.MerchantSuspended _ ->
                    throw ApiException.of(StaticCodeProblems.CODE_DISABLED);
            case CreatePayment.Result.MerchantNotKnownYet _,
                    CreatePayment.Result.CurrencyNotAccepted _,
                    CreatePayment.Result.QuoteNotUsable _,
                    CreatePayment.Result.MethodNotAvailable _ ->
                    throw ApiException.of(StaticCodeProblems.NOT_PAYABLE);
        };
    }

    private @Nullable String refusal(String id, String link, Money amount) {
        var code = codes.lock(id);
        var refusal = refusal(code, link, amount);
        return refusal == null ? null : refusal.name();
    }

    private @Nullable Refusal refusal(StaticCode code, String link, Money amount) {
        if (!code.link().equals(link)) {
            return Refusal.REPLACED;
        }
        if (!code.active()) {
            return Refusal.DISABLED;
        }
        if (code.fixed() != null && !code.fixed().equals(amount)) {
            return Refusal.FIXED;
        }
        if (code.least() != null && amount.compareTo(code.least()) < 0) {
            return Refusal.TOO_SMALL;
        }
        if (code.most() != null && amount.compareTo(code.most()) > 0) {
            return Refusal.TOO_LARGE;
        }
        return exceedsDay(code, amount) ? Refusal.LIMIT_REACHED : null;
    }

    private boolean exceedsDay(StaticCode code, Money amount) {
        if (code.perDay() == null) {
            return false;
        }
        var now = clock.instant();
        var taken = codes.takenSince(code.id(), code.startOfDay(now), now);
        return Math.addExact(taken, amount.minorUnits()) > code.perDay().minorUnits();
    }
}
