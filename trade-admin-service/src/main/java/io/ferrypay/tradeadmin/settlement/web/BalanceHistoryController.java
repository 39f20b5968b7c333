package io.ferrypay.tradeadmin.settlement.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.settlement.ReadBalanceHistory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/balance_history}: a balance day by day. */
@Tag(name = "Balances")
@RestController
@RequestMapping(path = "/v2", produces = MediaType.APPLICATION_JSON_VALUE)
class BalanceHistoryController {

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 92;
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private final ReadBalanceHistory history;
    private final Clock clock;

    BalanceHistoryController(ReadBalanceHistory history, Clock clock) {
        this.history = history;
        this.clock = clock;
    }

    @Schema(name = "BalanceDay")
    record DayView(LocalDate date, String incoming, String outgoing, String closing) {

        static DayView of(ReadBalanceHistory.Day day) {
            return new DayView(
                    day.date(),
                    day.incoming().toDecimalString(),
                    day.outgoing().toDecimalString(),
                    day.closing().toDecimalString());
        }
    }

    @Schema(name = "BalanceHistory")
    record HistoryView(
            String object,
            boolean livemode,
            String currency,
            String timeZone,
            String opening,
            List<DayView> data) {}

    @Operation(
            operationId = "getBalanceHistory",
            summary = "Your balance day by day",
            description =
                    "What came, what went, and all that was owed to you at the end of each day, available"
                            + " or not; by when it was booked. At most 92 days, the last 30 if not said.")
    @GetMapping("/balance_history")
    HistoryView history(
            @Parameter(hidden = true) MerchantCaller caller,
            @RequestParam(required = false) @Nullable String currency,
            @Parameter(description = "The first day, such as `2026-11-01`.")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "The last day; today if not said.")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(description = "Whose days: a place of the tz database.")
                    @RequestParam(name = "time_zone", defaultValue = "Pacific/Auckland")
                    String timeZone) {
        caller.require("balances:read");
        var known = known(currency);
        if (!ZONES.contains(timeZone) || timeZone.indexOf('/') < 0) {
            throw ApiException.invalid(
                    "time_zone", "unknown", "is not a time zone such as Pacific/Auckland");
        }
        var zone = ZoneId.of(timeZone);
        var last = to == null ? LocalDate.now(clock.withZone(zone)) : day("to", to);
        var first = from == null ? last.minusDays(USUAL_DAYS - 1L) : day("from", from);
        var days = ChronoUnit.DAYS.between(first, last);
        if (days < 0 || days >= MOST_DAYS) {
            throw ApiException.invalid(
                    "to",
                    "out_of_range",
                    "must be from 0 to " + (MOST_DAYS - 1) + " days after from");
        }
        var found =
                history.of(
                        Book.of(caller.mode().livemode()),
                        caller.merchantId(),
                        known,
                        first,
                        last,
                        zone);
        return new HistoryView(
                "balance_history",
                caller.mode().livemode(),
                known.code(),
                timeZone,
                found.opening().toDecimalString(),
                found.days().stream().map(DayView::of).toList());
    }

    private static Currency known(@Nullable String currency) {
        try {
            return Currency.of(currency == null ? "" : currency);
        } catch (UnknownCurrency _) {
            throw ApiException.invalid("currency", "unknown_currency", "is not a currency we know");
        }
    }

    private static LocalDate day(String name, String text) {
        try {
            // Four digits of a year: no other calendar, nothing that a database can't hold.
            if (text.length() == 10) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException _) {
            // Refused like any other text that is no day.
        }
        throw ApiException.invalid(name, "wrong_format", "must be a day such as 2026-11-28");
    }
}
