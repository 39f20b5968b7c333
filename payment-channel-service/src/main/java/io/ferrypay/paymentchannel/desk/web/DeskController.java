package io.ferrypay.paymentchannel.desk.web;

import io.ferrypay.events.StaffActs;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.desk.Search;
import io.ferrypay.paymentchannel.desk.SearchPayments;
import io.ferrypay.paymentchannel.desk.SearchRefunds;
import io.ferrypay.paymentchannel.desk.SearchedPage;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /console/api/payments} and {@code /console/api/refunds}: needs {@code payments:read}. One
 * payment shows who paid, which is told to the audit first.
 */
@RestController
@RequestMapping("/console/api")
class DeskController {

    private static final String READ = "payments:read";
    private static final Duration USUAL_REACH = Duration.ofDays(7);
    private static final Duration LONGEST_REACH = Duration.ofDays(366);
    private static final int USUAL = 25;
    private static final int MOST = 100;
    private static final String NUMBER = "[\\x21-\\x7e][\\x20-\\x7e]{0,99}";

    private final SearchPayments payments;
    private final SearchRefunds refunds;
    private final StaffActs acts;
    private final Clock clock;

    DeskController(SearchPayments payments, SearchRefunds refunds, StaffActs acts, Clock clock) {
        this.payments = payments;
        this.refunds = refunds;
        this.acts = acts;
        this.clock = clock;
    }

    /** What is looked for, as the query says it. */
    record Asked(
            @Nullable String number,
            @Nullable String merchant,
            @Nullable String mode,
            @Nullable String status,
            @Nullable String currency,
            @Nullable String least,
            @Nullable String most,
            @Nullable String from,
            @Nullable String until,
            @Nullable String cursor,
            @Nullable Integer limit) {}

    record ListView<T>(String object, List<T> data, boolean hasMore, @Nullable String nextCursor) {

        static <F, T> ListView<T> of(SearchedPage<F> page, Function<F, T> view) {
            return new ListView<>(
                    "list",
                    page.found().stream().map(view).toList(),
                    page.cursor() != null,
                    page.cursor());
        }
    }

    record LineView(
            String object,
            String id,
            String merchantId,
            @Nullable String merchantName,
            boolean livemode,
            String merchantReference,
            String status,
            String amount,
            String currency,
            String refundedAmount,
            @Nullable String payerAmount,
            @Nullable String payerCurrency,
            @Nullable String method,
            Instant createdAt,
            @Nullable Instant paidAt) {

        static LineView of(SearchPayments.Line line) {
            var payer = line.payerAmount();
            return new LineView(
                    "payment",
                    line.id(),
                    line.merchantId(),
                    line.merchantName(),
                    line.livemode(),
                    line.merchantReference(),
                    line.status(),
                    line.amount().toDecimalString(),
                    line.amount().currency().code(),
                    line.refunded().toDecimalString(),
                    payer == null ? null : payer.toDecimalString(),
                    payer == null ? null : payer.currency().code(),
                    line.method(),
                    line.createdAt(),
                    line.paidAt());
        }
    }

    record AttemptView(
            String orderNumber,
            String channel,
            String account,
            String method,
            String flow,
            String status,
            String amount,
            String currency,
            @Nullable String channelReference,
            @Nullable String declineCode,
            Instant createdAt,
            @Nullable Instant endedAt) {

        static AttemptView of(SearchPayments.Attempt attempt) {
            return new AttemptView(
                    attempt.orderNumber(),
                    attempt.channel(),
                    attempt.account(),
                    attempt.method(),
                    attempt.flow(),
                    attempt.status(),
                    attempt.charged().toDecimalString(),
                    attempt.charged().currency().code(),
                    attempt.channelReference(),
                    attempt.declineCode(),
                    attempt.createdAt(),
                    attempt.endedAt());
        }
    }

    record RefundView(
            String object,
            String id,
            String kind,
            String payment,
            String merchantId,
            @Nullable String merchantName,
            boolean livemode,
            @Nullable String merchantReference,
            String status,
            String amount,
            String currency,
            String channelAmount,
            String channelCurrency,
            String orderNumber,
            String account,
            String refundNumber,
            @Nullable String channelReference,
            @Nullable String reason,
            @Nullable String failureCode,
            @Nullable String declineCode,
            Instant createdAt,
            @Nullable Instant endedAt) {

        static RefundView of(SearchRefunds.Line line) {
            return new RefundView(
                    "refund",
                    line.id(),
                    line.kind(),
                    line.payment(),
                    line.merchantId(),
                    line.merchantName(),
                    line.livemode(),
                    line.merchantReference(),
                    line.status(),
                    line.amount().toDecimalString(),
                    line.amount().currency().code(),
                    line.charged().toDecimalString(),
                    line.charged().currency().code(),
                    line.orderNumber(),
                    line.account(),
                    line.refundNumber(),
                    line.channelReference(),
                    line.reason(),
                    line.failureCode(),
                    line.declineCode(),
                    line.createdAt(),
                    line.endedAt());
        }
    }

    record PayerView(
            @Nullable String id,
            @Nullable String ip,
            @Nullable String email,
            @Nullable String userAgent) {}

    record WholeView(
            LineView payment,
            String productName,
            @Nullable String staticCode,
            @Nullable String store,
            @Nullable String device,
            @Nullable String channelReference,
            @Nullable String failureCode,
            @Nullable String declineCode,
            String surplusAmount,
            boolean paidLate,
            boolean heldWhenMade,
            Instant expiresAt,
            @Nullable Instant endedAt,
            PayerView payer,
            List<AttemptView> attempts,
            List<RefundView> refunds) {

        static WholeView of(SearchPayments.Whole whole, List<SearchRefunds.Line> refunds) {
            return new WholeView(
                    LineView.of(whole.payment()),
                    whole.productName(),
                    whole.staticCode(),
                    whole.store(),
                    whole.device(),
                    whole.channelReference(),
                    whole.failureCode(),
                    whole.declineCode(),
                    whole.surplus().toDecimalString(),
                    whole.paidLate(),
                    whole.heldWhenMade(),
                    whole.expiresAt(),
                    whole.endedAt(),
                    new PayerView(
                            whole.payer(),
                            whole.payerIp(),
                            whole.payerEmail(),
                            whole.payerUserAgent()),
                    whole.attempts().stream().map(AttemptView::of).toList(),
                    refunds.stream().map(RefundView::of).toList());
        }
    }

    @GetMapping("/payments")
    ListView<LineView> payments(StaffCaller caller, @ModelAttribute Asked asked) {
        caller.require(READ);
        return ListView.of(payments.page(search(asked)), LineView::of);
    }

    @GetMapping("/refunds")
    ListView<RefundView> refunds(StaffCaller caller, @ModelAttribute Asked asked) {
        caller.require(READ);
        return ListView.of(refunds.page(search(asked)), RefundView::of);
    }

    @GetMapping("/payments/{id}")
    WholeView payment(StaffCaller caller, @PathVariable String id) {
        caller.require(READ);
        var whole = payments.find(id).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        acts.tellOfReading(
                new StaffActs.Actor(
                        caller.personId(),
                        caller.accountId(),
                        caller.sessionId(),
                        caller.address()),
                "payment.read",
                id,
                Map.of("merchant", whole.payment().merchantId()));
        return WholeView.of(whole, refunds.ofPayment(id));
    }

    private Search search(Asked asked) {
        var now = clock.instant();
        var until = asked.until() == null ? now.plusSeconds(60) : time("/until", asked.until());
        var from = asked.from() == null ? until.minus(USUAL_REACH) : time("/from", asked.from());
        if (from.plus(LONGEST_REACH).isBefore(until) || from.isAfter(until)) {
            throw ApiException.invalid("/from", "out_of_range", "must be at most a year before");
        }
        var currency = currency(asked);
        return new Search(
                fitting("/number", asked.number(), NUMBER),
                fitting("/merchant", asked.merchant(), "mer_[0-9A-Za-z]{1,40}"),
                !"test".equals(fitting("/mode", asked.mode(), "live|test")),
                fitting("/status", asked.status(), "[a-z_]{1,30}"),
                currency == null ? null : currency.code(),
                asked.least() == null ? 0 : minor("/least", asked.least(), currency),
                asked.most() == null ? Long.MAX_VALUE : minor("/most", asked.most(), currency),
                from,
                until,
                fitting("/cursor", asked.cursor(), "(pay|re)_[0-9A-Z]{26}"),
                limit(asked.limit()));
    }

    private static int limit(@Nullable Integer limit) {
        if (limit == null) {
            return USUAL;
        }
        if (limit < 1 || limit > MOST) {
            throw ApiException.invalid("/limit", "out_of_range", "must be from 1 to " + MOST);
        }
        return limit;
    }

    private static @Nullable Currency currency(Asked asked) {
        if (asked.currency() == null || asked.currency().isEmpty()) {
            if (asked.least() != null || asked.most() != null) {
                throw ApiException.invalid(
                        "/currency", "required", "must say what the amounts are in");
            }
            return null;
        }
        try {
            return Currency.of(asked.currency());
        } catch (IllegalArgumentException _) {
            throw ApiException.invalid("/currency", "not_known", "must be a currency, ISO 4217");
        }
    }

    private static long minor(String pointer, String amount, @Nullable Currency currency) {
        if (currency == null) {
            throw new IllegalStateException("amounts come with a currency");
        }
        try {
            return Money.parse(amount, currency).minorUnits();
        } catch (IllegalArgumentException _) {
            throw ApiException.invalid(pointer, "no_amount", "must be an amount such as 120.00");
        }
    }

    private static @Nullable String fitting(String pointer, @Nullable String text, String form) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!text.strip().matches(form)) {
            throw ApiException.invalid(pointer, "wrong_format", "is not one of ours");
        }
        return text.strip();
    }

    private static Instant time(String pointer, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw ApiException.invalid(
                    pointer, "wrong_format", "must be a time such as 2026-11-24T00:00:00Z");
        }
    }
}
