package io.ferrypay.tradeadmin.withdrawal.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.KeepSchedules;
import io.ferrypay.tradeadmin.withdrawal.KeepSchedules.Wanted;
import io.ferrypay.tradeadmin.withdrawal.RunSchedules;
import io.ferrypay.tradeadmin.withdrawal.WithdrawalSchedule;
import io.ferrypay.tradeadmin.withdrawal.WithdrawalSchedule.Every;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/withdrawal_schedules}, and the job that runs them. */
@Tag(name = "Withdrawals", description = "Your money to your bank account.")
@RestController
class ScheduleController {

    private static final String ROOT = "/v2/withdrawal_schedules";
    private static final String READ = "withdrawals:read";
    private static final String WRITE = "withdrawals:write";
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9 ./-]{1,12}");
    private static final Pattern ACCOUNT = Pattern.compile("ba_[0-9A-Z]{26}");
    private static final int LAST_RUNS = 20;

    private final KeepSchedules schedules;
    private final RunSchedules run;

    ScheduleController(KeepSchedules schedules, RunSchedules run) {
        this.schedules = schedules;
        this.run = run;
    }

    @PostMapping(
            path = "/internal/jobs/run-withdrawal-schedules",
            produces = MediaType.APPLICATION_JSON_VALUE)
    RunSchedules.Progress run() {
        return run.run();
    }

    @Schema(name = "WithdrawalScheduleRequest")
    record ScheduleRequest(
            @Nullable String currency,
            @Nullable String bankAccount,
            @Schema(allowableValues = {"day", "week", "month"}) @Nullable String every,
            @Schema(
                            description = "Of `week` only.",
                            allowableValues = {
                                "monday",
                                "tuesday",
                                "wednesday",
                                "thursday",
                                "friday",
                                "saturday",
                                "sunday"
                            })
                    @Nullable String weekday,
            @Schema(
                            description =
                                    "Of `month` only, 1 to 31; a shorter month has it on its last day.")
                    @Nullable Integer monthDay,
            @Schema(
                            description =
                                    "Only if more than that may be withdrawn; null for whatever there is.",
                            example = "1000.00")
                    @Nullable String above,
            @Schema(description = "What stays available; nothing if not said.", example = "200.00")
                    @Nullable String keep,
            @Nullable String reference) {}

    /** What came of a day. */
    @Schema(name = "WithdrawalScheduleRun")
    record RunView(
            LocalDate on,
            @Nullable String withdrawal,
            @Schema(
                            description =
                                    "Why there was none: `nothing_to_withdraw`, `not_above_threshold`,"
                                            + " or what a withdrawal by hand is refused by.")
                    @Nullable String skipped) {}

    @Schema(name = "WithdrawalSchedule")
    record ScheduleView(
            String object,
            String id,
            boolean livemode,
            String status,
            String currency,
            String bankAccount,
            String every,
            @Nullable String weekday,
            @Nullable Integer monthDay,
            @Nullable String above,
            String keep,
            String reference,
            @Schema(
                            description =
                                    "The next day by the calendar; where banks are closed, the first"
                                            + " working day after it.")
                    LocalDate nextOn,
            Instant createdAt,
            Instant changedAt,
            @Schema(description = "The last 20 days, the newest first; only of a single schedule.")
                    List<RunView> runs) {

        static ScheduleView of(WithdrawalSchedule one, List<KeepSchedules.Run> runs) {
            var above = one.above();
            var weekday = one.weekday();
            return new ScheduleView(
                    "withdrawal_schedule",
                    one.id(),
                    one.book() == Book.LIVE,
                    one.status().wireName(),
                    one.keep().currency().code(),
                    one.bankAccountId(),
                    one.every().wireName(),
                    weekday == null ? null : weekday.name().toLowerCase(Locale.ROOT),
                    one.monthDay(),
                    above == null ? null : above.toDecimalString(),
                    one.keep().toDecimalString(),
                    one.reference(),
                    one.nextOn(),
                    one.createdAt(),
                    one.changedAt(),
                    runs.stream()
                            .map(run -> new RunView(run.on(), run.withdrawalId(), run.skipped()))
                            .toList());
        }
    }

    @Schema(name = "WithdrawalScheduleList")
    record ScheduleList(String object, List<ScheduleView> data) {}

    @Operation(
            operationId = "createWithdrawalSchedule",
            summary = "Have money withdrawn again and again",
            description =
                    "In each currency one schedule. Limits and approvals are those of withdrawals by"
                            + " hand; what is left out is told by `withdrawal_schedule.skipped`.")
    @PostMapping(
            path = ROOT,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ScheduleView create(
            @Parameter(hidden = true) MerchantCaller caller, @RequestBody ScheduleRequest request) {
        caller.require(WRITE);
        var currency = currency(request.currency());
        var account = request.bankAccount();
        if (account == null || !ACCOUNT.matcher(account).matches()) {
            throw ApiException.invalid("/bank_account", "wrong_format", "must be a bank account");
        }
        var reference = request.reference() == null ? "FerryPay" : request.reference();
        if (!REFERENCE.matcher(reference).matches()) {
            throw ApiException.invalid(
                    "/reference", "wrong_format", "must be 1 to 12 letters, digits or . / -");
        }
        var every = every(request.every());
        var keep = amount("/keep", request.keep(), currency);
        return view(
                schedules.add(
                        new Wanted(
                                book(caller),
                                caller.merchantId(),
                                account,
                                every,
                                weekday(every, request.weekday()),
                                monthDay(every, request.monthDay()),
                                amount("/above", request.above(), currency),
                                keep == null ? Money.zero(currency) : keep,
                                reference)));
    }

    @Operation(
            operationId = "listWithdrawalSchedules",
            summary = "Your schedules, without those that ended")
    @GetMapping(path = ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
    ScheduleList list(@Parameter(hidden = true) MerchantCaller caller) {
        caller.require(READ);
        return new ScheduleList(
                "list",
                schedules.list(book(caller), caller.merchantId()).stream()
                        .map(one -> ScheduleView.of(one, List.of()))
                        .toList());
    }

    @Operation(
            operationId = "getWithdrawalSchedule",
            summary = "One schedule, and what came of its days")
    @GetMapping(path = ROOT + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ScheduleView find(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(READ);
        return schedules
                .find(book(caller), caller.merchantId(), id)
                .map(this::view)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    @Operation(operationId = "pauseWithdrawalSchedule", summary = "Pause a schedule")
    @PostMapping(path = ROOT + "/{id}:pause", produces = MediaType.APPLICATION_JSON_VALUE)
    ScheduleView pause(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(WRITE);
        return view(schedules.pause(book(caller), caller.merchantId(), id));
    }

    @Operation(
            operationId = "resumeWithdrawalSchedule",
            summary = "Resume a schedule, from its next day on")
    @PostMapping(path = ROOT + "/{id}:resume", produces = MediaType.APPLICATION_JSON_VALUE)
    ScheduleView resume(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(WRITE);
        return view(schedules.resume(book(caller), caller.merchantId(), id));
    }

    @Operation(operationId = "endWithdrawalSchedule", summary = "End a schedule for good")
    @PostMapping(path = ROOT + "/{id}:end", produces = MediaType.APPLICATION_JSON_VALUE)
    ScheduleView end(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(WRITE);
        return view(schedules.end(book(caller), caller.merchantId(), id));
    }

    private ScheduleView view(WithdrawalSchedule one) {
        return ScheduleView.of(one, schedules.runs(one, LAST_RUNS));
    }

    private static Book book(MerchantCaller caller) {
        return Book.of(caller.mode().livemode());
    }

    private static Every every(@Nullable String text) {
        return Arrays.stream(Every.values())
                .filter(one -> one.wireName().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        ApiException.invalid(
                                "/every", "not_allowed", "must be day, week or month"));
    }

    private static @Nullable DayOfWeek weekday(Every every, @Nullable String text) {
        if ((every == Every.WEEK) != (text != null)) {
            throw ApiException.invalid("/weekday", "not_allowed", "is of a weekly schedule");
        }
        return text == null
                ? null
                : Arrays.stream(DayOfWeek.values())
                        .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(text))
                        .findFirst()
                        .orElseThrow(() ->
                                ApiException.invalid(
                                        "/weekday", "not_allowed", "must be a day such as monday"));
    }

    private static @Nullable Integer monthDay(Every every, @Nullable Integer day) {
        if ((every == Every.MONTH) != (day != null)) {
            throw ApiException.invalid("/month_day", "not_allowed", "is of a monthly schedule");
        }
        if (day != null && (day < 1 || day > 31)) {
            throw ApiException.invalid("/month_day", "out_of_range", "must be from 1 to 31");
        }
        return day;
    }

    private static Currency currency(@Nullable String code) {
        try {
            return Currency.of(code == null ? "" : code);
        } catch (UnknownCurrency _) {
            throw ApiException.invalid(
                    "/currency", "unknown_currency", "is not a currency we know");
        }
    }

    private static @Nullable Money amount(String field, @Nullable String text, Currency currency) {
        if (text == null) {
            return null;
        }
        try {
            var amount = Money.parse(text, currency);
            if (!amount.isNegative()) {
                return amount;
            }
        } catch (InvalidAmount _) {
            // Refused below.
        }
        throw ApiException.invalid(field, "wrong_format", "must be a decimal such as 100.00");
    }
}
