package io.ferrypay.tradeadmin.withdrawal.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.Batches;
import io.ferrypay.tradeadmin.withdrawal.SeeWithdrawals;
import io.ferrypay.tradeadmin.withdrawal.SeeWithdrawals.BankAnswer;
import io.ferrypay.tradeadmin.withdrawal.SeeWithdrawals.Part;
import io.ferrypay.tradeadmin.withdrawal.SeeWithdrawals.Seen;
import io.ferrypay.tradeadmin.withdrawal.SeeWithdrawals.Waiting;
import io.ferrypay.tradeadmin.withdrawal.SeeWithdrawals.Wanted;
import io.ferrypay.tradeadmin.withdrawal.WithdrawalStatus;
import io.ferrypay.tradeadmin.withdrawal.web.BatchConsole.BatchView;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Withdrawals of all merchants, and what became of a batch; read with {@code withdrawals:read}. */
@RestController
@RequestMapping(path = "/console/api", produces = MediaType.APPLICATION_JSON_VALUE)
class WithdrawalConsole {

    private static final String READ = "withdrawals:read";
    private static final String ULID = "[0-9A-HJKMNP-TV-Z]{26}";
    private static final String STATUSES =
            "pending_approval|approved|in_batch|unknown|paid|failed|returned|rejected|canceled";

    private final SeeWithdrawals withdrawals;
    private final Batches batches;

    WithdrawalConsole(SeeWithdrawals withdrawals, Batches batches) {
        this.withdrawals = withdrawals;
        this.batches = batches;
    }

    /**
     * @param failure why it failed, came back, was rejected or has to wait
     */
    record WithdrawalView(
            String id,
            boolean livemode,
            String merchant,
            String amount,
            String currency,
            String status,
            @Nullable String failure,
            String reference,
            String holder,
            String masked,
            @Nullable String batch,
            Instant createdAt,
            Instant changedAt) {

        static WithdrawalView of(Seen seen) {
            var one = seen.withdrawal();
            return new WithdrawalView(
                    one.id(),
                    one.book() == Book.LIVE,
                    one.merchantId(),
                    one.amount().toDecimalString(),
                    one.amount().currency().code(),
                    one.status().wireName(),
                    one.failure(),
                    one.reference(),
                    seen.holder(),
                    seen.masked(),
                    one.batchId(),
                    one.createdAt(),
                    one.changedAt());
        }
    }

    record WithdrawalList(
            List<WithdrawalView> data, boolean hasMore, @Nullable String nextCursor) {}

    /** The newest first, narrowed by whatever is named. */
    @GetMapping("/withdrawals")
    WithdrawalList list(
            StaffCaller caller,
            @RequestParam(required = false) @Nullable Boolean livemode,
            @RequestParam(required = false) @Pattern(regexp = STATUSES, message = "is not a status")
                    @Nullable String status,
            @RequestParam(required = false)
                    @Pattern(regexp = "[A-Za-z0-9_]{1,64}", message = "is not a merchant")
                    @Nullable String merchant,
            @RequestParam(required = false)
                    @Pattern(regexp = "wdb_" + ULID, message = "is not a batch")
                    @Nullable String batch,
            @RequestParam(required = false)
                    @Pattern(regexp = "wd_" + ULID, message = "is not a cursor of ours")
                    @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        caller.require(READ);
        var found =
                withdrawals.list(
                        new Wanted(
                                livemode == null ? null : Book.of(livemode),
                                status == null
                                        ? null
                                        : WithdrawalStatus.valueOf(status.toUpperCase(Locale.ROOT)),
                                merchant,
                                batch,
                                cursor,
                                limit + 1));
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new WithdrawalList(
                page.stream().map(WithdrawalView::of).toList(),
                more,
                more ? page.getLast().withdrawal().id() : null);
    }

    record WaitingView(boolean livemode, String status, int count, Instant oldest) {

        static WaitingView of(Waiting waiting) {
            return new WaitingView(
                    waiting.book() == Book.LIVE,
                    waiting.status().wireName(),
                    waiting.count(),
                    waiting.oldest());
        }
    }

    record WaitingList(List<WaitingView> data) {}

    /** How many are in each status that is not an end, and since when the oldest. */
    @GetMapping("/withdrawals_waiting")
    WaitingList waiting(StaffCaller caller) {
        caller.require(READ);
        return new WaitingList(withdrawals.waiting().stream().map(WaitingView::of).toList());
    }

    record PartView(String status, int count, String total) {

        static PartView of(Part part) {
            return new PartView(
                    part.status().wireName(), part.count(), part.total().toDecimalString());
        }
    }

    /**
     * @param parts what became of its withdrawals so far
     * @param answers the bank's files that counted
     */
    record BatchDetail(BatchView batch, List<PartView> parts, List<BankAnswer> answers) {}

    @GetMapping("/withdrawal-batches/{id:wdb_" + ULID + "}")
    BatchDetail batch(StaffCaller caller, @PathVariable String id) {
        caller.require(READ);
        return new BatchDetail(
                BatchView.of(batches.get(id)),
                withdrawals.parts(id).stream().map(PartView::of).toList(),
                withdrawals.answers(id));
    }
}
