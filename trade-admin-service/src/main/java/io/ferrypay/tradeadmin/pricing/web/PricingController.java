package io.ferrypay.tradeadmin.pricing.web;

import io.ferrypay.money.Currency;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.pricing.ChangePrices;
import io.ferrypay.tradeadmin.pricing.ChangePrices.Change;
import io.ferrypay.tradeadmin.pricing.FxResults;
import io.ferrypay.tradeadmin.pricing.FxResults.FxResult;
import io.ferrypay.tradeadmin.pricing.PriceKind;
import io.ferrypay.tradeadmin.pricing.PriceList;
import io.ferrypay.tradeadmin.pricing.PriceList.Difference;
import io.ferrypay.tradeadmin.pricing.PriceList.RefundFee;
import io.ferrypay.tradeadmin.pricing.PriceLists;
import io.ferrypay.tradeadmin.pricing.PriceRule;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/pricing}: price lists, their history, what they would ask for, and what our
 * exchanges brought. Amounts and rates are decimal strings.
 */
@RestController
@RequestMapping(path = "/internal/pricing", produces = MediaType.APPLICATION_JSON_VALUE)
class PricingController {

    private static final Pattern RATE = Pattern.compile("0(\\.[0-9]{1,8})?");
    private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9_]{0,64}");
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_RULES = 200;
    private static final long MOST_DAYS = 400;

    private final PriceLists lists;
    private final ChangePrices changes;
    private final FxResults results;
    private final Clock clock;

    PricingController(PriceLists lists, ChangePrices changes, FxResults results, Clock clock) {
        this.lists = lists;
        this.changes = changes;
        this.results = results;
        this.clock = clock;
    }

    record RuleView(
            String method,
            String from,
            String rate,
            String fixed,
            @Nullable String least,
            @Nullable String most) {

        static RuleView of(PriceRule rule, Currency currency) {
            return new RuleView(
                    rule.method(),
                    text(rule.fromMinor(), currency),
                    rule.rate().stripTrailingZeros().toPlainString(),
                    text(rule.fixedMinor(), currency),
                    rule.leastMinor() == null ? null : text(rule.leastMinor(), currency),
                    rule.mostMinor() == null ? null : text(rule.mostMinor(), currency));
        }

        private static String text(long minorUnits, Currency currency) {
            return new Money(minorUnits, currency).toDecimalString();
        }
    }

    record DifferenceView(@Nullable RuleView before, @Nullable RuleView after) {}

    /**
     * @param changes what is different from the version before
     */
    record ListView(
            String kind,
            String scope,
            String currency,
            int version,
            Instant effectiveFrom,
            @Nullable String refundFee,
            List<RuleView> rules,
            List<DifferenceView> changes,
            String reason,
            String decidedBy,
            Instant decidedAt) {

        static ListView of(PriceList list, @Nullable PriceList before) {
            var refundFee = list.refundFee();
            return new ListView(
                    list.kind().wireName(),
                    list.scope(),
                    list.currency().code(),
                    list.version(),
                    list.effectiveFrom(),
                    refundFee == null ? null : refundFee.wireName(),
                    list.rules().stream().map(rule -> RuleView.of(rule, list.currency())).toList(),
                    list.since(before).stream()
                            .map(difference -> view(difference, list.currency()))
                            .toList(),
                    list.reason(),
                    list.decidedBy(),
                    list.decidedAt());
        }

        private static DifferenceView view(Difference difference, Currency currency) {
            var before = difference.before();
            var after = difference.after();
            return new DifferenceView(
                    before == null ? null : RuleView.of(before, currency),
                    after == null ? null : RuleView.of(after, currency));
        }
    }

    record History(List<ListView> data) {}

    /** All versions of a list, the newest first, each with what it changed. */
    @GetMapping("/lists")
    History history(
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String scope,
            @RequestParam(required = false) @Nullable String currency) {
        var found =
                lists.history(
                        required("kind", kind, PriceKind::ofWireName),
                        scopeOf(scope),
                        currencyOf("currency", currency));
        var views = new ArrayList<ListView>();
        for (var i = 0; i < found.size(); i++) {
            views.add(ListView.of(found.get(i), i + 1 < found.size() ? found.get(i + 1) : null));
        }
        return new History(views);
    }

    record RuleRequest(
            @Nullable String method,
            @Nullable String from,
            @Nullable String rate,
            @Nullable String fixed,
            @Nullable String least,
            @Nullable String most) {}

    record ListRequest(
            @Nullable String kind,
            @Nullable String scope,
            @Nullable String currency,
            @Nullable Integer basedOn,
            @Nullable Instant effectiveFrom,
            @Nullable String refundFee,
            @Nullable List<@Nullable RuleRequest> rules,
            @Nullable String reason) {

        Change change() {
            var of = currencyOf("/currency", currency);
            var kindOfList = required("/kind", kind, PriceKind::ofWireName);
            if (rules == null || rules.isEmpty() || rules.size() > MOST_RULES) {
                throw ApiException.invalid(
                        "/rules", "out_of_range", "must be from 1 to " + MOST_RULES);
            }
            var wanted = new ArrayList<PriceRule>();
            for (var i = 0; i < rules.size(); i++) {
                wanted.add(rule("/rules/" + i, rules.get(i), of));
            }
            if (basedOn == null || basedOn < 0) {
                throw ApiException.invalid("/based_on", "required", "must be a version, or 0");
            }
            return new Change(
                    kindOfList,
                    scopeOf(scope),
                    of,
                    basedOn,
                    effectiveFrom,
                    kindOfList == PriceKind.FEE
                            ? required(
                                    "/refund_fee",
                                    refundFee == null ? RefundFee.KEEP.wireName() : refundFee,
                                    name ->
                                            Arrays.stream(RefundFee.values())
                                                    .filter(one -> one.wireName().equals(name))
                                                    .findFirst())
                            : null,
                    wanted,
                    textOf("/reason", reason));
        }

        private static PriceRule rule(String at, @Nullable RuleRequest rule, Currency currency) {
            if (rule == null || rule.rate() == null || !RATE.matcher(rule.rate()).matches()) {
                throw ApiException.invalid(
                        at + "/rate", "wrong_format", "must be a fraction such as 0.008");
            }
            try {
                return new PriceRule(
                        rule.method() == null ? "" : rule.method(),
                        minor(at + "/from", rule.from(), currency),
                        new BigDecimal(rule.rate()),
                        minor(at + "/fixed", rule.fixed(), currency),
                        rule.least() == null ? null : minor(at + "/least", rule.least(), currency),
                        rule.most() == null ? null : minor(at + "/most", rule.most(), currency));
            } catch (IllegalArgumentException e) {
                throw ApiException.invalid(at, "not_allowed", String.valueOf(e.getMessage()));
            }
        }

        private static long minor(String at, @Nullable String text, Currency currency) {
            return text == null ? 0 : amountOf(at, text, currency).minorUnits();
        }
    }

    /**
     * @param feeList which list asks for the fee; null if none does
     * @param margin what is put on top of a rate; null where payment-channel-service's own setting
     *     counts
     */
    record Preview(
            String amount,
            String fee,
            String net,
            String currency,
            @Nullable String feeList,
            String tier,
            @Nullable String margin,
            @Nullable String marginList) {}

    /** What a payment would cost its merchant, and which margin it would have. */
    @GetMapping("/preview")
    Preview preview(
            @RequestParam(required = false) @Nullable String merchant,
            @RequestParam(required = false) @Nullable String method,
            @RequestParam(required = false) @Nullable String amount,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable Instant at) {
        var money = amountOf("amount", amount, currencyOf("currency", currency));
        if (method == null || !PriceRule.METHODS.contains(method)) {
            throw ApiException.invalid("method", "not_allowed", "must be a way to pay");
        }
        var who = scopeOf(merchant);
        var time = at == null ? clock.instant() : at;
        var fees = lists.inForce(PriceKind.FEE, who, money.currency(), time);
        var fee = fees.map(list -> list.fee(method, money)).orElse(Money.zero(money.currency()));
        var tier = changes.tier(who, time);
        var margins = lists.inForce(PriceKind.MARGIN, tier, money.currency(), time);
        return new Preview(
                money.toDecimalString(),
                fee.toDecimalString(),
                money.minus(fee).toDecimalString(),
                money.currency().code(),
                fees.map(PriceList::name).orElse(null),
                tier,
                margins.flatMap(list -> list.rule(method, money))
                        .map(rule -> rule.rate().stripTrailingZeros().toPlainString())
                        .orElse(null),
                margins.map(PriceList::name).orElse(null));
    }

    record FxResultView(
            LocalDate day,
            String channel,
            long exchanges,
            String bought,
            String currency,
            String taken,
            String cost,
            String result,
            String resultCurrency) {

        static FxResultView of(FxResult result) {
            return new FxResultView(
                    result.day(),
                    result.channel(),
                    result.exchanges(),
                    result.bought().toDecimalString(),
                    result.bought().currency().code(),
                    result.taken().toDecimalString(),
                    result.cost().toDecimalString(),
                    result.result().toDecimalString(),
                    result.result().currency().code());
        }
    }

    record FxResultList(List<FxResultView> data) {}

    /** By day in Beijing, channel and currency. */
    @GetMapping("/fx-results")
    FxResultList fxResults(
            @RequestParam(required = false) @Nullable String book,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        var of = required("book", book, Book::ofWireName);
        var first = day("from", from);
        var last = day("to", to);
        if (last.isBefore(first) || first.plusDays(MOST_DAYS).isBefore(last)) {
            throw ApiException.invalid(
                    "to", "out_of_range", "must be at most " + MOST_DAYS + " days after from");
        }
        return new FxResultList(
                results.of(of, first, last).stream().map(FxResultView::of).toList());
    }

    private static LocalDate day(String field, @Nullable String text) {
        try {
            return LocalDate.parse(text == null ? "" : text);
        } catch (DateTimeParseException _) {
            throw ApiException.invalid(field, "malformed", "must be a day such as 2026-11-24");
        }
    }

    private static <T> T required(
            String field, @Nullable String text, Function<String, Optional<T>> reader) {
        return Optional.ofNullable(text)
                .flatMap(reader)
                .orElseThrow(
                        () -> ApiException.invalid(field, "not_allowed", "is not one we know"));
    }

    private static String scopeOf(@Nullable String scope) {
        if (scope != null && !SCOPE.matcher(scope).matches()) {
            throw ApiException.invalid("scope", "malformed", "must be a merchant or a tier");
        }
        return scope == null ? "" : scope;
    }

    private static Currency currencyOf(String field, @Nullable String code) {
        try {
            return Currency.of(code == null ? "" : code);
        } catch (UnknownCurrency _) {
            throw ApiException.invalid(field, "unknown_currency", "is not a currency we know");
        }
    }

    private static Money amountOf(String field, @Nullable String text, Currency currency) {
        try {
            return Money.parse(text == null ? "" : text, currency);
        } catch (InvalidAmount e) {
            throw ApiException.invalid(field, "wrong_format", String.valueOf(e.getMessage()));
        }
    }

    static String textOf(String field, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST_TEXT) {
            throw ApiException.invalid(
                    field, "required", "must be given, with at most 500 characters");
        }
        return text;
    }
}
