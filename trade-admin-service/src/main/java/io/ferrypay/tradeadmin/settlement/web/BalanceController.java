package io.ferrypay.tradeadmin.settlement.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.settlement.KeepReserves;
import io.ferrypay.tradeadmin.settlement.KeepReserves.Reserve;
import io.ferrypay.tradeadmin.settlement.ReadBalances;
import io.ferrypay.tradeadmin.settlement.ReadBalances.BalanceEntry;
import io.ferrypay.tradeadmin.settlement.ReadBalances.MerchantBalance;
import io.ferrypay.tradeadmin.settlement.ReadBalances.Settlement;
import io.ferrypay.tradeadmin.settlement.SettlementView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * {@code /v2/balances}, {@code /v2/balance_entries} and {@code /v2/settlements}: what a merchant
 * has, how it came to it, and what became available together. Amounts are decimal strings; what
 * makes a balance smaller is negative.
 */
@Tag(
        name = "Balances",
        description = "What there is, how it came, and what became available together.")
@RestController
@RequestMapping(path = "/v2", produces = MediaType.APPLICATION_JSON_VALUE)
class BalanceController {

    private static final String READ = "balances:read";
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;
    private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");
    private static final Pattern ENTRY = Pattern.compile("1:([0-9]{1,18})");
    private static final Pattern RESERVE = Pattern.compile("1:(rsv_[0-9A-Z]{26})");
    private static final Pattern SETTLEMENT = Pattern.compile("1:(stl_[0-9A-Z]{26})");

    private final ReadBalances balances;
    private final KeepReserves reserves;
    private final Clock clock;

    BalanceController(ReadBalances balances, KeepReserves reserves, Clock clock) {
        this.balances = balances;
        this.reserves = reserves;
        this.clock = clock;
    }

    @Schema(name = "NextAvailable")
    record NextView(LocalDate on, String amount) {}

    /**
     * @param nextAvailable when what is pending is due; null where that is not known
     */
    @Schema(name = "BalanceOfCurrency")
    record CurrencyBalance(
            String currency,
            String available,
            String pending,
            String reserved,
            @Schema(description = "The part of `reserved` that is kept of your settlements.")
                    String kept,
            @Schema(description = "What has to stay available.") String least,
            @Schema(description = "What may be withdrawn now.") String withdrawable,
            @Nullable List<NextView> nextAvailable) {

        static CurrencyBalance of(MerchantBalance balance) {
            var next = balance.next();
            return new CurrencyBalance(
                    balance.available().currency().code(),
                    balance.available().toDecimalString(),
                    balance.pending().toDecimalString(),
                    balance.reserved().toDecimalString(),
                    balance.kept().toDecimalString(),
                    balance.least().toDecimalString(),
                    balance.withdrawable().toDecimalString(),
                    next == null
                            ? null
                            : next.stream()
                                    .map(one ->
                                            new NextView(one.on(), one.amount().toDecimalString()))
                                    .toList());
        }
    }

    /**
     * @param reconciliationGate {@code enforced} if money waits until its day agrees with the
     *     channel's statement; {@code not_enforced} while it does not
     */
    @Schema(name = "Balance")
    record BalancesView(
            String object,
            boolean livemode,
            Instant asOf,
            String reconciliationGate,
            List<CurrencyBalance> balances) {}

    @Operation(
            operationId = "getBalances",
            summary = "What you have, by currency",
            description =
                    "Available can be withdrawn; pending waits for its settlement; reserved is on its way out.")
    @GetMapping("/balances")
    BalancesView balances(@Parameter(hidden = true) MerchantCaller caller) {
        caller.require(READ);
        return new BalancesView(
                "balance",
                caller.mode().livemode(),
                clock.instant(),
                balances.gate().wireName(),
                balances.balances(book(caller), caller.merchantId()).stream()
                        .map(CurrencyBalance::of)
                        .toList());
    }

    record Page<T>(String object, List<T> data, boolean hasMore, @Nullable String nextCursor) {

        static <S, T> Page<T> of(
                List<S> found, int limit, Function<S, T> view, Function<S, String> place) {
            var more = found.size() > limit;
            var data = more ? found.subList(0, limit) : found;
            return new Page<>(
                    "list",
                    data.stream().map(view).toList(),
                    more,
                    more ? cursor(place.apply(data.getLast())) : null);
        }

        private static String cursor(String place) {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("1:" + place).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * @param source what it is about: a payment, a refund, a withdrawal
     * @param fee of a payment; its own entry takes it off the balance
     * @param netAmount what is left of a payment after its fee
     */
    @Schema(name = "BalanceEntry")
    record EntryView(
            String object,
            String id,
            String kind,
            String source,
            @Nullable String payment,
            String amount,
            String currency,
            @Nullable String fee,
            @Nullable String netAmount,
            Instant happenedAt,
            Instant createdAt) {

        static EntryView of(BalanceEntry entry) {
            var fee = entry.fee();
            var net = entry.net();
            return new EntryView(
                    "balance_entry",
                    "be_" + entry.place() + "_" + entry.line(),
                    entry.kind(),
                    entry.subject(),
                    entry.paymentId(),
                    entry.amount().toDecimalString(),
                    entry.amount().currency().code(),
                    text(fee),
                    text(net),
                    entry.happenedAt(),
                    entry.postedAt());
        }

        private static @Nullable String text(@Nullable Money money) {
            return money == null ? null : money.toDecimalString();
        }
    }

    /** Every line of what the merchant is owed, the newest first. */
    @Operation(
            operationId = "listBalanceEntries",
            summary = "Every line of your balance, the newest first")
    @GetMapping("/balance_entries")
    Page<EntryView> entries(
            @Parameter(hidden = true) MerchantCaller caller,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        caller.require(READ);
        var size = limit(limit);
        var before = place(cursor, ENTRY);
        return Page.of(
                balances.entries(
                        book(caller),
                        caller.merchantId(),
                        known(currency),
                        before == null ? null : Long.valueOf(before),
                        size + 1),
                size,
                EntryView::of,
                entry -> String.valueOf(entry.place()));
    }

    /** The newest first. */
    @Operation(operationId = "listSettlements", summary = "What became available, the newest first")
    @GetMapping("/settlements")
    Page<SettlementView> settlements(
            @Parameter(hidden = true) MerchantCaller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        caller.require(READ);
        var size = limit(limit);
        return Page.of(
                balances.settlements(
                        book(caller), caller.merchantId(), place(cursor, SETTLEMENT), size + 1),
                size,
                settlement -> SettlementView.of(settlement, caller.mode().livemode()),
                Settlement::id);
    }

    @Operation(operationId = "getSettlement", summary = "One settlement")
    @GetMapping("/settlements/{id}")
    SettlementView settlement(
            @Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(READ);
        return SettlementView.of(find(caller, id), caller.mode().livemode());
    }

    /** The statement for a spreadsheet: opening, every payment, closing. */
    @Operation(
            operationId = "getSettlementStatement",
            summary = "A settlement as a spreadsheet",
            description = "Opening, every payment, closing.")
    @GetMapping(path = "/settlements/{id}/statement.csv", produces = "text/csv")
    ResponseEntity<StreamingResponseBody> statement(
            @Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(READ);
        var settlement = find(caller, id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + settlement.id() + ".csv\"")
                .body(out -> new SettlementCsv(balances).write(settlement, out));
    }

    /** What is or was kept of a settlement. */
    @Schema(name = "Reserve")
    record ReserveView(
            String object,
            String id,
            String settlement,
            String amount,
            String currency,
            Instant keptAt,
            LocalDate releaseOn,
            @Nullable Instant releasedAt) {

        static ReserveView of(Reserve reserve) {
            return new ReserveView(
                    "reserve",
                    reserve.id(),
                    reserve.settlementId(),
                    reserve.amount().toDecimalString(),
                    reserve.amount().currency().code(),
                    reserve.keptAt(),
                    reserve.releaseOn(),
                    reserve.releasedAt());
        }
    }

    @Operation(
            operationId = "listReserves",
            summary = "What is kept of your settlements, the newest first")
    @GetMapping("/reserves")
    Page<ReserveView> reserves(
            @Parameter(hidden = true) MerchantCaller caller,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        caller.require(READ);
        var size = limit(limit);
        return Page.of(
                reserves.list(book(caller), caller.merchantId(), place(cursor, RESERVE), size + 1),
                size,
                ReserveView::of,
                Reserve::id);
    }

    private Settlement find(MerchantCaller caller, String id) {
        return balances.settlement(book(caller), caller.merchantId(), id)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private static Book book(MerchantCaller caller) {
        return Book.of(caller.mode().livemode());
    }

    private static @Nullable String known(@Nullable String currency) {
        if (currency == null) {
            return null;
        }
        try {
            return Currency.of(currency).code();
        } catch (UnknownCurrency _) {
            throw ApiException.invalid("currency", "unknown_currency", "is not a currency we know");
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return USUAL_PAGE;
        }
        if (!LIMIT.matcher(text).matches() || Integer.parseInt(text) > LARGEST_PAGE) {
            throw ApiException.invalid(
                    "limit", "out_of_range", "must be from 1 to " + LARGEST_PAGE);
        }
        return Integer.parseInt(text);
    }

    private static @Nullable String place(@Nullable String cursor, Pattern form) {
        if (cursor == null) {
            return null;
        }
        try {
            var text =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
            var matcher = form.matcher(text);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        } catch (IllegalArgumentException _) {
            // Not even base64: refused like any other text that is no cursor of ours.
        }
        throw ApiException.invalid("cursor", "wrong_format", "is not a cursor from next_cursor");
    }
}
