package io.ferrypay.tradeadmin.settlement.web;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.settlement.KeepReserves;
import io.ferrypay.tradeadmin.settlement.KeepReserves.Terms;
import io.ferrypay.tradeadmin.settlement.KnowHolidays;
import io.ferrypay.tradeadmin.settlement.KnowHolidays.Day;
import io.ferrypay.tradeadmin.settlement.KnowHolidays.Year;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What staff say of when money is available: reserves of merchants, and holidays of years. */
@RestController
@RequestMapping(path = "/console/api", produces = MediaType.APPLICATION_JSON_VALUE)
class TermsConsole {

    private static final String READ = "settlements:read";
    private static final Pattern MERCHANT = Pattern.compile("mer_[0-9A-Za-z]{1,60}");
    private static final Pattern RATE = Pattern.compile("0(\\.[0-9]{1,5})?|1(\\.0{1,5})?");
    private static final int LONGEST_RESERVE = 730;
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_DAYS = 150;

    private final KeepReserves reserves;
    private final KnowHolidays holidays;

    TermsConsole(KeepReserves reserves, KnowHolidays holidays) {
        this.reserves = reserves;
        this.holidays = holidays;
    }

    /** The request that now waits for another person. */
    record Asked(String approval, String status) {

        static Asked of(Approval approval) {
            return new Asked(approval.id(), approval.status().text());
        }
    }

    record ReserveRequest(
            @Nullable String merchant,
            @Nullable String currency,
            @Nullable Integer basedOn,
            @Nullable String rate,
            @Nullable Integer days,
            @Nullable String least,
            @Nullable String reason) {}

    record ReserveTerms(
            String currency,
            int version,
            String rate,
            int days,
            String least,
            String reason,
            Instant decidedAt) {}

    record ReserveTermsList(List<ReserveTerms> data) {}

    @GetMapping("/reserve-terms")
    ReserveTermsList reserveTerms(StaffCaller caller, @RequestParam String merchant) {
        caller.require(READ);
        return new ReserveTermsList(
                reserves.terms(merchant).stream()
                        .map(one ->
                                new ReserveTerms(
                                        one.currency(),
                                        one.version(),
                                        one.rate().toPlainString(),
                                        one.days(),
                                        one.least().toDecimalString(),
                                        one.reason(),
                                        one.decidedAt()))
                        .toList());
    }

    @PostMapping(path = "/reserve-terms", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked reserve(StaffCaller caller, @RequestBody ReserveRequest request) {
        var merchant = request.merchant();
        if (merchant == null || !MERCHANT.matcher(merchant).matches()) {
            throw ApiException.invalid("/merchant", "wrong_format", "must be a merchant");
        }
        var rate = request.rate() == null ? "0" : request.rate();
        if (!RATE.matcher(rate).matches()) {
            throw ApiException.invalid(
                    "/rate", "wrong_format", "must be a fraction such as 0.1, with 5 decimals");
        }
        var fraction = new BigDecimal(rate).stripTrailingZeros();
        var days = request.days() == null ? 0 : request.days();
        if (days < 0 || days > LONGEST_RESERVE || (fraction.signum() == 0) != (days == 0)) {
            throw ApiException.invalid(
                    "/days", "out_of_range", "must be 1 to 730 with a rate, else 0");
        }
        var least = least(request);
        return Asked.of(
                reserves.ask(
                        caller,
                        new Terms(
                                merchant,
                                least.currency().code(),
                                request.basedOn() == null ? 0 : request.basedOn(),
                                fraction,
                                days,
                                least.minorUnits()),
                        text("/reason", request.reason(), LONGEST_REASON)));
    }

    private static Money least(ReserveRequest request) {
        try {
            var currency = Currency.of(request.currency() == null ? "" : request.currency());
            var least =
                    request.least() == null
                            ? Money.zero(currency)
                            : Money.parse(request.least(), currency);
            if (!least.isNegative()) {
                return least;
            }
        } catch (UnknownCurrency _) {
            throw ApiException.invalid(
                    "/currency", "unknown_currency", "is not a currency we know");
        } catch (InvalidAmount _) {
            // Refused below.
        }
        throw ApiException.invalid("/least", "wrong_format", "must be a decimal such as 100.00");
    }

    record HolidayRequest(
            @Nullable LocalDate day, @Nullable Boolean closed, @Nullable String name) {}

    record YearRequest(
            @Nullable String calendar,
            @Nullable Integer year,
            @Nullable String source,
            @Nullable List<HolidayRequest> days,
            @Nullable String reason) {}

    record YearList(List<Year> data) {}

    @GetMapping("/calendars/{calendar}")
    YearList calendar(StaffCaller caller, @PathVariable String calendar) {
        caller.require(READ);
        return new YearList(holidays.years(calendar));
    }

    @PostMapping(path = "/calendars", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Asked holidays(StaffCaller caller, @RequestBody YearRequest request) {
        var year = request.year();
        if (year == null || year < 2026 || year > 2100) {
            throw ApiException.invalid("/year", "out_of_range", "must be a year from 2026 on");
        }
        var days = request.days() == null ? List.<HolidayRequest>of() : request.days();
        if (days.size() > MOST_DAYS) {
            throw ApiException.invalid("/days", "out_of_range", "must be at most " + MOST_DAYS);
        }
        return Asked.of(
                holidays.ask(
                        caller,
                        new Year(
                                request.calendar() == null ? "" : request.calendar(),
                                year,
                                text("/source", request.source(), LONGEST_REASON),
                                days.stream().map(TermsConsole::day).toList()),
                        text("/reason", request.reason(), LONGEST_REASON)));
    }

    private static Day day(HolidayRequest request) {
        if (request.day() == null || request.closed() == null) {
            throw ApiException.invalid("/days", "required", "each needs day, closed and name");
        }
        return new Day(
                request.day(), request.closed(), text("/days", request.name(), LONGEST_NAME));
    }

    private static String text(String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank() || value.length() > longest) {
            throw ApiException.invalid(
                    field, "required", "must have 1 to " + longest + " characters");
        }
        return value.strip();
    }
}
