package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.money.Currency;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fact as the books say it: entries that sum to zero in each currency, one line at most an
 * account and currency.
 *
 * @param eventId the event that told the fact; booked once
 * @param subject what is booked, see {@link JournalKind}; booked once of its kind
 * @param paymentId the payment it belongs to, if it does
 * @param happenedAt when it happened, kept to the microsecond; the book adds when it was posted
 */
public record Journal(
        Book book,
        String eventId,
        JournalKind kind,
        String subject,
        @Nullable String paymentId,
        Instant happenedAt,
        List<LedgerEntry> entries) {

    private record Line(Account account, Currency currency) {}

    public Journal {
        happenedAt = happenedAt.truncatedTo(ChronoUnit.MICROS);
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("A journal has entries");
        }
        var sums = new HashMap<Currency, Long>();
        var lines = new HashSet<Line>();
        for (var entry : entries) {
            if (!lines.add(new Line(entry.account(), entry.amount().currency()))) {
                throw new IllegalArgumentException(entry.account() + " has one line at most");
            }
            sums.merge(entry.amount().currency(), entry.amount().minorUnits(), Math::addExact);
        }
        sums.forEach((currency, sum) -> {
            if (sum != 0) {
                throw new IllegalArgumentException(
                        "A journal sums to zero in " + currency + ", not to " + sum);
            }
        });
    }
}
