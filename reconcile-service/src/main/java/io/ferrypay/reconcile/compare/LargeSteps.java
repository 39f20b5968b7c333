package io.ferrypay.reconcile.compare;

import io.ferrypay.reconcile.load.Engine;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a comparison that look at all lines of a day. Each is committed when it returns, and
 * does away with what an earlier try left; what is found goes into the tables of findings, and all
 * that comes after looks at these only.
 */
interface LargeSteps {

    Engine engine();

    /**
     * Lays every line beside the record of its number.
     *
     * @param feeRate the part of a payment that the channel keeps; fees are not looked at without
     */
    Paired pair(Comparison comparison, @Nullable BigDecimal feeRate);

    /** Marks records of other days that the statements of those days told already. */
    void findTold(String accountId, LocalDate day);

    /**
     * @param billSha256 of the standard bill where it is a file; null for a day without lines
     * @param recordsSha256 of our frozen records
     * @param lines how many the bill has
     * @param records how many the copy has
     */
    record Comparison(
            String accountId,
            LocalDate day,
            @Nullable String billSha256,
            String recordsSha256,
            long lines,
            long records) {}
}
