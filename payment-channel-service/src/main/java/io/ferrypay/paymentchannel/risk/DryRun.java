package io.ferrypay.paymentchannel.risk;

import io.ferrypay.paymentchannel.risk.PaymentHistory.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A condition, and which payments of the last weeks it would have fitted.
 *
 * @param id {@code dry_…}
 * @param merchantId whose payments are judged; null for everybody's
 * @param from the first payments that are judged were made then
 * @param until and the last ones before that
 * @param progressPercent how far it is, by the time of the payments
 * @param failureCode {@code too_much_history} or {@code internal_error}
 * @param result null until it is done
 */
public record DryRun(
        String id,
        @Nullable String merchantId,
        boolean livemode,
        JsonNode condition,
        Status status,
        Instant from,
        Instant until,
        int progressPercent,
        @Nullable String failureCode,
        @Nullable Result result,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** How far it is. */
    public enum Status {
        WAITING,
        RUNNING,
        DONE,
        FAILED;

        /** The name in tables and on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What it found. A payment is a hit if the condition was true when it was made, or when its
     * payer had paid.
     *
     * @param payments how many were judged
     * @param hitsAtCreation of the hits, those that were so before anybody had paid
     * @param sums of the hits, by currency, as decimal strings
     * @param days by New Zealand's calendar, those without payments left out
     * @param outcomes what became of the hits: those that were kept are likely good ones
     * @param sample the newest hits
     */
    public record Result(
            long payments,
            long hits,
            long hitsAtCreation,
            Map<String, String> sums,
            List<Day> days,
            Map<Outcome, Long> outcomes,
            List<Hit> sample) {}

    /** One day of payments, by when they were made. */
    public record Day(LocalDate day, long payments, long hits) {}

    /** One payment that the condition fits. */
    public record Hit(
            String payment,
            String merchantId,
            String merchantReference,
            String amount,
            String currency,
            Instant createdAt,
            boolean atCreation,
            Outcome outcome) {}
}
