package io.ferrypay.paymentchannel.risk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks at a payment by the rules in force, when it is made and again when its payer has paid. Asks
 * nobody but our own tables, and those only where a rule counts.
 */
@Service
public class ScreenPayment {

    private final RuleSets rules;
    private final RiskCounts counts;
    private final RiskEvents events;
    private final Timer atCreation;
    private final Timer onSuccess;

    ScreenPayment(RuleSets rules, RiskCounts counts, RiskEvents events, MeterRegistry metrics) {
        this.rules = rules;
        this.counts = counts;
        this.events = events;
        this.atCreation = timer(metrics, Facts.Stage.CREATION);
        this.onSuccess = timer(metrics, Facts.Stage.SUCCESS);
    }

    private static Timer timer(MeterRegistry metrics, Facts.Stage stage) {
        return Timer.builder("ferry.risk.screening")
                .description("How long the rules took to say what they think of a payment")
                .tag("stage", stage.wireName())
                .publishPercentileHistogram()
                .register(metrics);
    }

    /** What the rules say; nothing is written. */
    public Verdict screen(Facts facts) {
        var started = System.nanoTime();
        var verdict = rules.current().judge(facts, counts.forOneLook());
        (facts.stage() == Facts.Stage.CREATION ? atCreation : onSuccess)
                .record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
        return verdict;
    }

    /** The payment's money counts from now on. Once for a payment, as it is taken. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void count(Facts facts, String paymentId) {
        counts.add(facts, paymentId);
    }

    /**
     * Tells our staff, not the merchant, what the rules said: {@code risk.alerted}, {@code
     * risk.held} or {@code risk.denied}. Does nothing about a verdict that is quiet.
     *
     * @param paymentId null where none was made
     * @param version of the payment; 0 where none was made
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(
            Verdict verdict,
            Facts facts,
            @Nullable String paymentId,
            long version,
            String merchantReference) {
        if (!verdict.isQuiet()) {
            events.tell(verdict, facts, paymentId, version, merchantReference);
        }
    }

    /** A name for a payer, of which who it is can't be read. Null if the wallet does not say. */
    public static @Nullable String payer(String method, @Nullable String walletId) {
        return walletId == null ? null : "payer_" + Hashes.of(method + "\n" + walletId);
    }
}
