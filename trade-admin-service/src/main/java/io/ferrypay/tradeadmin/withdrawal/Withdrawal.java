package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes to a merchant's bank.
 *
 * @param id {@code wd_…}; the bank knows it by that, too
 * @param reference what the merchant finds on its bank statement
 * @param failure why it failed, came back or was rejected
 */
public record Withdrawal(
        String id,
        Book book,
        String merchantId,
        Money amount,
        String bankAccountId,
        String reference,
        WithdrawalStatus status,
        @Nullable String failure,
        @Nullable String batchId,
        Instant createdAt,
        Instant changedAt) {}
