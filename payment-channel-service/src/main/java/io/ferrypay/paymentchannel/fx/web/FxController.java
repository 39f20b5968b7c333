package io.ferrypay.paymentchannel.fx.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.fx.FxProblems;
import io.ferrypay.paymentchannel.fx.Quote;
import io.ferrypay.paymentchannel.fx.Quotes;
import io.ferrypay.paymentchannel.fx.ShowRateHistory;
import io.ferrypay.paymentchannel.fx.ShowRateHistory.Interval;
import io.ferrypay.paymentchannel.fx.ShowRateHistory.MethodHistory;
import io.ferrypay.paymentchannel.fx.ShowRates;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
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

/** {@code /v2/fx}: what payers are charged by, and promises of it. */
@Tag(name = "Exchange rates")
@RestController
@RequestMapping(path = "/v2/fx", produces = MediaType.APPLICATION_JSON_VALUE)
class FxController {

    private static final int SHORTEST_SECONDS = 60;
    private static final int LONGEST_SECONDS = 1_800;
    private static final int USUAL_SECONDS = 900;
    private static final MathContext INVERSE_DIGITS = new MathContext(8);
    private static final String YUAN = "CNY";

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(8999, 1, 1);

    private final ShowRates rates;
    private final ShowRateHistory history;
    private final Quotes quotes;

    FxController(ShowRates rates, ShowRateHistory history, Quotes quotes) {
        this.rates = rates;
        this.history = history;
        this.quotes = quotes;
    }

    @Operation(
            operationId = "listFxRates",
            summary = "Rates by way to pay",
            description =
                    "WeChat Pay and Alipay convert by a rate of their own; what is shown is the last"
                            + " they published. For JD Pay and online banks we convert, and this is what"
                            + " is charged, margin included. A way to pay without a fresh rate is left"
                            + " out.")
    @ApiResponse(responseCode = "200", description = "The rates.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/rates")
    FxRateList list(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(description = "ISO 4217.", required = true, example = "NZD")
                    @RequestParam(required = false)
                    @Nullable String base) {
        caller.require("payments:read");
        var currency = checkBase(base);
        return new FxRateList(
                "list",
                rates.of(caller.merchantId(), caller.mode(), currency).stream()
                        .map(rate ->
                                new FxRate(
                                        "fx_rate",
                                        currency.code(),
                                        YUAN,
                                        plain(rate.yuanPerUnit()),
                                        plain(
                                                BigDecimal.ONE.divide(
                                                        rate.yuanPerUnit(), INVERSE_DIGITS)),
                                        rate.method(),
                                        rate.includesMargin(),
                                        rate.asOf(),
                                        rate.source()))
                        .toList());
    }

    @Operation(
            operationId = "getFxRateHistory",
            summary = "How rates went",
            description =
                    "For each way to pay the rate at the end of each hour or day, as `GET"
                            + " /v2/fx/rates` would have shown it; the hour or day that is not over"
                            + " has the rate of now. Where we convert, it is with today's margin."
                            + " Times without a fresh rate are left out, and so is a way to pay that"
                            + " has none. At most 92 days, or 7 by the hour.")
    @ApiResponse(responseCode = "200", description = "The history.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/rate_history")
    FxRateHistory history(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(description = "ISO 4217.", required = true, example = "NZD")
                    @RequestParam(required = false)
                    @Nullable String base,
            @Parameter(
                            description = "Only this way to pay.",
                            schema =
                                    @Schema(
                                            allowableValues = {
                                                "wechat",
                                                "alipay",
                                                "jdpay",
                                                "onlinebank"
                                            }))
                    @RequestParam(required = false)
                    @Nullable String method,
            @Parameter(description = "The first day.", required = true, example = "2026-11-01")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "The last day.", required = true, example = "2026-11-28")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(schema = @Schema(allowableValues = {"hour", "day"}))
                    @RequestParam(defaultValue = "day")
                    String interval,
            @Parameter(description = "Whose days: a place of the tz database.")
                    @RequestParam(name = "time_zone", defaultValue = "Pacific/Auckland")
                    String timeZone) {
        caller.require("payments:read");
        var currency = checkBase(base);
        var only = method == null ? null : methodOf(method);
        var step = intervalOf(interval);
        var first = day("/from", from);
        var last = day("/to", to);
        // Without what Java keeps from older systems.
        if (!ZoneId.getAvailableZoneIds().contains(timeZone) || timeZone.startsWith("SystemV/")) {
            throw ApiException.invalid(
                    "/time_zone", "unknown", "is not a time zone such as Pacific/Auckland");
        }
        if (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) >= step.mostDays()) {
            throw ApiException.invalid(
                    "/to",
                    "out_of_range",
                    "must be from 0 to " + (step.mostDays() - 1) + " days after from");
        }
        return new FxRateHistory(
                "fx_rate_history",
                currency.code(),
                YUAN,
                first,
                last,
                interval,
                timeZone,
                history
                        .of(
                                caller.merchantId(),
                                currency,
                                caller.mode(),
                                only,
                                first,
                                last,
                                ZoneId.of(timeZone),
                                step)
                        .stream()
                        .map(FxRatesOfMethod::of)
                        .toList());
    }

    private static Currency checkBase(@Nullable String base) {
        if (base == null || !base.matches("[A-Z]{3}") || base.equals(YUAN)) {
            throw ApiException.invalid(
                    "/base", "wrong_format", "must be a currency other than CNY");
        }
        return currency(base);
    }

    private static PaymentMethod methodOf(String name) {
        return PaymentMethod.ofWireName(name)
                .orElseThrow(() ->
                        ApiException.invalid("/method", "not_allowed", "is not a way to pay"));
    }

    private static Interval intervalOf(String name) {
        return switch (name) {
            case "hour" -> Interval.HOUR;
            case "day" -> Interval.DAY;
            default ->
                    throw ApiException.invalid("/interval", "not_allowed", "must be hour or day");
        };
    }

    private static LocalDate day(String pointer, @Nullable String text) {
        try {
            var day = text == null ? null : LocalDate.parse(text);
            if (day != null && !day.isBefore(EARLIEST) && day.isBefore(LATEST)) {
                return day;
            }
        } catch (DateTimeParseException _) {
            // Refused below.
        }
        throw ApiException.invalid(pointer, "wrong_format", "must be a day such as 2026-11-28");
    }

    @Operation(
            operationId = "createFxQuote",
            summary = "Have a rate promised",
            description =
                    "Promises what a payer will be charged in yuan for an amount of yours, where we"
                            + " convert (JD Pay, online banks). Pass its id as `fx_quote` when you create"
                            + " the payment: once, for the same amount, before it expires.")
    @ApiResponse(responseCode = "201", description = "The promise.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "503",
            description = "`fx_rate_unavailable`: no fresh rate to promise.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping(path = "/quotes", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    FxQuote quote(
            @Parameter(hidden = true) MerchantCaller caller, @RequestBody FxQuoteRequest request) {
        caller.require("payments:write");
        return FxQuote.of(
                quotes.promise(
                                caller.merchantId(),
                                caller.mode(),
                                request.amount(),
                                request.lifetime())
                        .orElseThrow(() -> ApiException.of(FxProblems.NO_RATE)));
    }

    @Operation(operationId = "getFxQuote", summary = "Look a quote up")
    @ApiResponse(responseCode = "200", description = "The promise.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/quotes/{id}")
    FxQuote find(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require("payments:read");
        return FxQuote.of(
                quotes.find(caller.merchantId(), caller.mode(), id)
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND)));
    }

    private static Currency currency(String code) {
        try {
            return Currency.of(code);
        } catch (UnknownCurrency _) {
            throw ApiException.invalid("/base", "unknown_currency", "is not a currency we know");
        }
    }

    private static String plain(BigDecimal rate) {
        return rate.stripTrailingZeros().toPlainString();
    }

    @Schema(name = "FxRateList")
    record FxRateList(@Schema(example = "list") String object, List<FxRate> data) {}

    @Schema(name = "FxRate", description = "What a currency is worth for one way to pay.")
    record FxRate(
            @Schema(example = "fx_rate") String object,
            @Schema(example = "NZD") String base,
            @Schema(example = "CNY") String quote,
            @Schema(description = "Yuan per unit.", example = "4.645") String rate,
            @Schema(example = "0.21528525") String inverse,
            @Schema(example = "wechat") PaymentMethod method,
            @Schema(description = "Whether we convert, with our margin in it.")
                    boolean includesMargin,
            Instant asOf,
            @Schema(example = "operator") String source) {}

    @Schema(name = "FxRateHistory")
    record FxRateHistory(
            @Schema(example = "fx_rate_history") String object,
            @Schema(example = "NZD") String base,
            @Schema(example = "CNY") String quote,
            LocalDate from,
            LocalDate to,
            @Schema(example = "day") String interval,
            @Schema(example = "Pacific/Auckland") String timeZone,
            List<FxRatesOfMethod> data) {}

    @Schema(name = "FxRatesOfMethod", description = "How one way to pay went.")
    record FxRatesOfMethod(
            @Schema(example = "wechat") PaymentMethod method,
            @Schema(description = "Whether we convert, with our margin in it.")
                    boolean includesMargin,
            @Schema(description = "The oldest first.") List<FxRatePoint> points) {

        static FxRatesOfMethod of(MethodHistory history) {
            return new FxRatesOfMethod(
                    history.method(),
                    history.includesMargin(),
                    history.points().stream()
                            .map(point ->
                                    new FxRatePoint(
                                            point.startsAt(),
                                            plain(point.yuanPerUnit()),
                                            point.asOf(),
                                            point.source()))
                            .toList());
        }
    }

    @Schema(name = "FxRatePoint")
    record FxRatePoint(
            @Schema(description = "When its hour or day begins.") Instant startsAt,
            @Schema(description = "Yuan per unit at its end.", example = "4.645") String rate,
            Instant asOf,
            @Schema(example = "operator") String source) {}

    @Schema(name = "CreateFxQuote")
    record FxQuoteRequest(
            @Schema(description = "`CNY`.", example = "CNY") @Nullable String sellCurrency,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "NZD")
                    @Nullable String buyCurrency,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "120.00")
                    @Nullable String buyAmount,
            @Schema(minimum = "60", maximum = "1800", defaultValue = "900")
                    @Nullable Integer ttlSeconds) {

        Money amount() {
            if (sellCurrency != null && !sellCurrency.equals(YUAN)) {
                throw ApiException.invalid("/sell_currency", "not_allowed", "must be CNY");
            }
            if (buyCurrency == null) {
                throw ApiException.invalid("/buy_currency", "required", "must be given");
            }
            if (buyAmount == null) {
                throw ApiException.invalid("/buy_amount", "required", "must be given");
            }
            try {
                var money = Money.parse(buyAmount, buyCurrency);
                if (buyCurrency.equals(YUAN)) {
                    throw ApiException.invalid("/buy_currency", "not_allowed", "must not be CNY");
                }
                if (!money.isPositive()) {
                    throw ApiException.invalid(
                            "/buy_amount", "too_small", "must be more than zero");
                }
                return money;
            } catch (UnknownCurrency _) {
                throw ApiException.invalid(
                        "/buy_currency", "unknown_currency", "is not a currency we know");
            } catch (InvalidAmount e) {
                throw ApiException.invalid(
                        "/buy_amount", "wrong_format", String.valueOf(e.getMessage()));
            }
        }

        Duration lifetime() {
            var seconds = ttlSeconds == null ? USUAL_SECONDS : ttlSeconds;
            if (seconds < SHORTEST_SECONDS || seconds > LONGEST_SECONDS) {
                throw ApiException.invalid(
                        "/ttl_seconds",
                        "out_of_range",
                        "must be from " + SHORTEST_SECONDS + " to " + LONGEST_SECONDS);
            }
            return Duration.ofSeconds(seconds);
        }
    }

    @Schema(name = "FxQuote", description = "A promise of a rate, for one payment.")
    record FxQuote(
            @Schema(example = "fxq_01JDC3VZ6Q8S7M2K4T9R5XN1AB") String id,
            @Schema(example = "fx_quote") String object,
            @Schema(example = "CNY") String sellCurrency,
            @Schema(example = "564.10") String sellAmount,
            @Schema(example = "NZD") String buyCurrency,
            @Schema(example = "120.00") String buyAmount,
            @Schema(description = "Yuan per unit, margin included.", example = "4.70074")
                    String rate,
            Instant createdAt,
            Instant expiresAt,
            @Schema(description = "The payment it was used for.") @Nullable String payment) {

        static FxQuote of(Quote quote) {
            return new FxQuote(
                    quote.id(),
                    "fx_quote",
                    YUAN,
                    quote.charge().yuan().toDecimalString(),
                    quote.amount().currency().code(),
                    quote.amount().toDecimalString(),
                    plain(quote.charge().payerRate()),
                    quote.createdAt(),
                    quote.expiresAt(),
                    quote.paymentId());
        }
    }
}
