package io.ferrypay.tradeadmin.statement;

import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant was owed before some days, what moved it, and what it was owed after them. Days
 * are those of posting, which never runs backwards, so a statement of the past stays as it is.
 * Amounts are the merchant's: more if positive.
 *
 * @param from the first day
 * @param to the last day, included
 * @param movements how many there are
 * @param in the sum of those that are more
 * @param out the sum of those that are less, as a positive amount
 * @param madeAt when it was read
 */
public record BalanceStatement(
        Book book,
        String merchantId,
        LocalDate from,
        LocalDate to,
        Money opening,
        Money closing,
        long movements,
        Money in,
        Money out,
        Instant madeAt,
        Place place) {

    /**
     * Where its movements are in the book.
     *
     * @param account null where there is none yet
     * @param after the last journal before it
     * @param upTo the last one in it
     */
    record Place(@Nullable Long account, long after, long upTo) {}

    /**
     * One line.
     *
     * @param id as the balance's entry has it
     * @param balance after it
     */
    public record Line(
            String id,
            Instant postedAt,
            String kind,
            String subject,
            @Nullable String paymentId,
            Money amount,
            Money balance) {}
}
