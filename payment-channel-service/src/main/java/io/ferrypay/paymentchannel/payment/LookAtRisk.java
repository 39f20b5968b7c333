package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.risk.Facts;
import io.ferrypay.paymentchannel.risk.ScreenPayment;
import io.ferrypay.paymentchannel.risk.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Says to the rules of risk what we know of a payment. */
@Component
class LookAtRisk {

    private static final TypeReference<List<Verdict.Hit>> HITS = new TypeReference<>() {};

    private final ScreenPayment screen;
    private final JsonMapper json;

    LookAtRisk(ScreenPayment screen, JsonMapper json) {
        this.screen = screen;
        this.json = json;
    }

    /** What the rules were told, and what they said. */
    record Look(Facts facts, Verdict verdict) {}

    Look atCreation(NewPayment wanted, List<String> methods, Instant now) {
        var till = wanted.till();
        var facts =
                new Facts(
                        Facts.Stage.CREATION,
                        wanted.merchantId(),
                        wanted.mode().livemode(),
                        wanted.amount(),
                        methods.size() == 1 ? methods.getFirst() : null,
                        null,
                        now,
                        till == null ? null : till.storeId(),
                        wanted.staticCode(),
                        till == null ? null : till.deviceId(),
                        null,
                        wanted.payerIp());
        return new Look(facts, screen.screen(facts));
    }

    /** With what stands from the creation. From then on the payment's money counts. */
    Look onSuccess(Payment payment, Attempt attempt, Instant now) {
        var ip = attempt.payerIp() == null ? payment.payerIp() : attempt.payerIp();
        var facts =
                new Facts(
                        Facts.Stage.SUCCESS,
                        payment.merchantId(),
                        payment.livemode(),
                        payment.amount(),
                        attempt.method().wireName(),
                        attempt.channel().wireName(),
                        now,
                        payment.storeId(),
                        payment.staticCodeId(),
                        payment.deviceId(),
                        ScreenPayment.payer(attempt.method().wireName(), attempt.payerWalletId()),
                        ip);
        var verdict = screen.screen(facts).after(hits(payment.riskHold()));
        screen.count(facts, payment.id());
        return new Look(facts, verdict);
    }

    /** For the payment's row; null where nobody wants to hold it. */
    @Nullable String hold(Verdict verdict) {
        return verdict.holds() ? json.writeValueAsString(verdict.hits()) : null;
    }

    private List<Verdict.Hit> hits(@Nullable String hold) {
        return hold == null ? List.of() : json.readValue(hold, HITS);
    }

    /** The payment must have been written: the event carries its version. */
    void tell(Look look, Payment payment) {
        screen.tell(
                look.verdict(),
                look.facts(),
                payment.id(),
                payment.version(),
                payment.merchantReference());
    }

    /** Of a payment that is being made; a hold is told when there is money to hold. */
    void tellOfAlert(Look look, String paymentId, NewPayment wanted) {
        if (!look.verdict().holds()) {
            screen.tell(look.verdict(), look.facts(), paymentId, 1, wanted.merchantReference());
        }
    }

    void tellOfDenial(Look look, NewPayment wanted) {
        screen.tell(look.verdict(), look.facts(), null, 0, wanted.merchantReference());
    }
}
