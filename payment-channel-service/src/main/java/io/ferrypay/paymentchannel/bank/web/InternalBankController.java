package io.ferrypay.paymentchannel.bank.web;

import io.ferrypay.identity.ServiceCaller;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.bank.Bank;
import io.ferrypay.paymentchannel.bank.BankLimit;
import io.ferrypay.paymentchannel.bank.BankTool;
import io.ferrypay.paymentchannel.bank.Banks;
import io.ferrypay.paymentchannel.bank.RecordedLimit;
import io.ferrypay.paymentchannel.bank.SetBankLimits;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/banks}: the list as shoppers get it, and its limits for operators to keep. */
@RestController
@RequestMapping(path = "/internal/banks", produces = MediaType.APPLICATION_JSON_VALUE)
class InternalBankController {

    private static final ProblemCode NOT_THE_LATEST =
            ProblemCode.of(
                    "limits_not_the_latest", 409, "Newer limits of this bank are recorded already");
    private static final int MOST_LIMITS = 16;
    private static final int LONGEST_SOURCE = 200;
    private static final int LONGEST_NAME = 64;

    private final Banks banks;
    private final SetBankLimits setLimits;
    private final Clock clock;

    InternalBankController(Banks banks, SetBankLimits setLimits, Clock clock) {
        this.banks = banks;
        this.setLimits = setLimits;
        this.clock = clock;
    }

    @GetMapping
    BankList all(@RequestParam(defaultValue = "") String search) {
        return new BankList(banks.search(search).stream().map(BankView::of).toList());
    }

    /** Every limit of the bank that ever was recorded, newest first. */
    @GetMapping("/{code}/limits")
    History history(@PathVariable String code) {
        require(code);
        return new History(setLimits.history(code).stream().map(RecordedView::of).toList());
    }

    /** Replaces the bank's limits from a time on; what was recorded before stays readable. */
    @PutMapping(path = "/{code}/limits", consumes = MediaType.APPLICATION_JSON_VALUE)
    BankView set(@PathVariable String code, @RequestBody NewLimits limits, ServiceCaller caller) {
        var result = setLimits.set(code, limits.check(clock.instant()), limits.recordedBy(caller));
        switch (result) {
            case DONE -> {}
            case NO_SUCH_BANK -> throw ApiException.of(CommonProblems.NOT_FOUND);
            case NOT_THE_LATEST -> throw ApiException.of(NOT_THE_LATEST);
            case TOO_FAR_AHEAD ->
                    throw ApiException.invalid(
                            "/valid_from", "out_of_range", "must be within a year");
            case TOOL_TWICE ->
                    throw ApiException.invalid("/limits", "duplicate", "must have each tool once");
        }
        return BankView.of(require(code));
    }

    private Bank require(String code) {
        return banks.find(code).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /**
     * @param validFrom RFC 3339; now if left out
     * @param recordedBy the operator's name in the service that calls
     */
    record NewLimits(
            @Nullable List<@Nullable NewLimit> limits,
            @Nullable String validFrom,
            @Nullable String recordedBy) {

        List<BankLimit> check(Instant now) {
            if (limits == null || limits.isEmpty()) {
                throw ApiException.invalid("/limits", "required", "must have at least one limit");
            }
            if (limits.size() > MOST_LIMITS) {
                throw ApiException.invalid(
                        "/limits", "too_many", "must have at most " + MOST_LIMITS);
            }
            var from = validFrom(now);
            var checked = new ArrayList<BankLimit>();
            for (int i = 0; i < limits.size(); i++) {
                var limit = limits.get(i);
                if (limit == null) {
                    throw ApiException.invalid("/limits/" + i, "required", "must be a limit");
                }
                checked.add(limit.check("/limits/" + i, from));
            }
            return checked;
        }

        private Instant validFrom(Instant now) {
            if (validFrom == null) {
                return now.truncatedTo(ChronoUnit.MICROS); // As exact as the column.
            }
            try {
                return Instant.parse(validFrom).truncatedTo(ChronoUnit.MICROS);
            } catch (DateTimeParseException e) {
                throw ApiException.invalid(
                        "/valid_from",
                        "wrong_format",
                        "must be a time such as 2026-12-01T00:00:00Z");
            }
        }

        String recordedBy(ServiceCaller caller) {
            if (recordedBy == null || recordedBy.isBlank()) {
                throw ApiException.invalid("/recorded_by", "required", "must name who says so");
            }
            if (recordedBy.length() > LONGEST_NAME) {
                throw ApiException.invalid(
                        "/recorded_by", "too_long", "must have at most " + LONGEST_NAME);
            }
            return caller.name() + "/" + recordedBy.strip();
        }
    }

    /**
     * @param single yuan as a decimal string; null when it is not known
     * @param daily likewise
     */
    record NewLimit(
            @Nullable String tool,
            @Nullable String single,
            @Nullable String daily,
            @Nullable String source) {

        private BankLimit check(String at, Instant validFrom) {
            var known = tool == null ? null : BankTool.ofWireName(tool).orElse(null);
            if (known == null) {
                throw ApiException.invalid(
                        at + "/tool", "unknown", "must be one of the tools we know");
            }
            if (source == null || source.isBlank()) {
                throw ApiException.invalid(at + "/source", "required", "must say where from");
            }
            if (source.length() > LONGEST_SOURCE) {
                throw ApiException.invalid(
                        at + "/source", "too_long", "must have at most " + LONGEST_SOURCE);
            }
            var one = yuan(at + "/single", single);
            var day = yuan(at + "/daily", daily);
            if (one != null && day != null && one.compareTo(day) > 0) {
                throw ApiException.invalid(
                        at + "/daily", "out_of_range", "must not be less than the single limit");
            }
            return new BankLimit(known, one, day, source.strip(), validFrom);
        }

        private static @Nullable Money yuan(String at, @Nullable String text) {
            if (text == null) {
                return null;
            }
            Money money;
            try {
                money = Money.parse(text, "CNY");
            } catch (InvalidAmount e) {
                throw ApiException.invalid(
                        at, "wrong_format", "must be an amount such as 50000.00");
            }
            if (!money.isPositive()) {
                throw ApiException.invalid(at, "out_of_range", "must be more than nothing");
            }
            return money;
        }
    }

    record BankList(List<BankView> banks) {}

    record BankView(
            String code,
            String nameZh,
            String nameEn,
            String pinyin,
            String initial,
            List<LimitView> limits) {

        static BankView of(Bank bank) {
            return new BankView(
                    bank.code(),
                    bank.nameZh(),
                    bank.nameEn(),
                    bank.pinyin(),
                    bank.initial(),
                    bank.limits().stream().map(LimitView::of).toList());
        }
    }

    record LimitView(
            BankTool tool,
            @Nullable String single,
            @Nullable String daily,
            String currency,
            String source,
            Instant validFrom) {

        static LimitView of(BankLimit limit) {
            return new LimitView(
                    limit.tool(),
                    text(limit.single()),
                    text(limit.daily()),
                    "CNY",
                    limit.source(),
                    limit.validFrom());
        }

        private static @Nullable String text(@Nullable Money money) {
            return money == null ? null : money.toDecimalString();
        }
    }

    record History(List<RecordedView> history) {}

    record RecordedView(LimitView limit, Instant recordedAt, String recordedBy) {

        static RecordedView of(RecordedLimit recorded) {
            return new RecordedView(
                    LimitView.of(recorded.limit()), recorded.recordedAt(), recorded.recordedBy());
        }
    }
}
