package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.tradeadmin.ledger.Book;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A withdrawal as its merchant sees it, in the API and inside events. */
@Schema(name = "Withdrawal")
public record WithdrawalView(
        String object,
        String id,
        boolean livemode,
        String status,
        String amount,
        String currency,
        String bankAccount,
        String reference,
        @Nullable String failure,
        @Nullable String batch,
        Instant createdAt,
        Instant changedAt) {

    public static WithdrawalView of(Withdrawal withdrawal) {
        return new WithdrawalView(
                "withdrawal",
                withdrawal.id(),
                withdrawal.book() == Book.LIVE,
                withdrawal.status().wireName(),
                withdrawal.amount().toDecimalString(),
                withdrawal.amount().currency().code(),
                withdrawal.bankAccountId(),
                withdrawal.reference(),
                withdrawal.failure(),
                withdrawal.batchId(),
                withdrawal.createdAt(),
                withdrawal.changedAt());
    }
}
