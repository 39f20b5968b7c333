package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.merchant.Merchant;
import io.ferrypay.paymentchannel.merchant.Merchants;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Looks payments up for the merchant they belong to; in another mode they do not exist. */
@Service
public class FindPayments {

    private static final String AFTER_EVERY_ID = "pay_~";
    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    /** Ids made in the same millisecond stay in order even when the clock steps back a little. */
    public static final Duration CLOCK_STEP = Duration.ofSeconds(15);

    private final Payments payments;
    private final PaymentChanges changes;
    private final Merchants merchants;

    FindPayments(Payments payments, PaymentChanges changes, Merchants merchants) {
        this.payments = payments;
        this.changes = changes;
        this.merchants = merchants;
    }

    /** Before which id all payments stand that were made before a time. */
    public static String firstIdAt(Instant time) {
        return PaymentIds.firstPossibleId(time);
    }

    /** In what a merchant is owed; empty for one that we have not heard of. */
    public Optional<String> currencyOf(String merchantId) {
        return merchants.find(merchantId).map(Merchant::currency);
    }

    public Optional<PaymentView> byId(String merchantId, Mode mode, String id) {
        return find(merchantId, mode, id).map(Payment::view);
    }

    public Optional<PaymentView> byReference(String merchantId, Mode mode, String reference) {
        return payments.findByMerchantReferenceAndMerchantIdAndLivemode(
                        reference, merchantId, mode.livemode())
                .map(Payment::view);
    }

    /**
     * As {@link #byId}, but waits up to {@code patience} for a payment that is under way to change;
     * not as long when too many wait already.
     */
    public Optional<PaymentView> byIdOnceChanged(
            String merchantId, Mode mode, String id, Duration patience)
            throws InterruptedException {
        var payment = find(merchantId, mode, id).orElse(null);
        if (payment == null) {
            return Optional.empty();
        }
        if (payment.status().isEnd()) {
            return Optional.of(payment.view());
        }
        return changes.awaitOnce(payment.id(), payment.version(), patience)
                ? byId(merchantId, mode, id)
                : Optional.of(payment.view());
    }

    private Optional<Payment> find(String merchantId, Mode mode, String id) {
        return PaymentIds.isPaymentId(id)
                ? payments.findByIdAndMerchantIdAndLivemode(id, merchantId, mode.livemode())
                : Optional.empty();
    }

    /** A page of a merchant's payments, newest first. */
    public Page page(String merchantId, Mode mode, Filter filter) {
        var bounds = Bounds.of(filter);
        var from = bounds.from();
        var to = bounds.to();
        if (filter.merchantReference() != null) {
            var only =
                    byReference(merchantId, mode, filter.merchantReference())
                            .filter(payment -> filter.before() == null)
                            .filter(payment ->
                                    filter.status() == null || payment.status() == filter.status())
                            .filter(payment ->
                                    filter.staticCode() == null
                                            || filter.staticCode().equals(payment.staticCode()))
                            .filter(payment -> filter.amount().holds(payment))
                            .filter(payment -> !payment.createdAt().isBefore(from))
                            .filter(payment -> payment.createdAt().isBefore(to));
            return new Page(only.stream().toList(), null);
        }
        var last = bounds.lastId();
        var first = bounds.firstId();
        var livemode = mode.livemode();
        var status = filter.status();
        var amount = filter.amount();
        var enough = filter.limit() + 1;
        var found =
                filter.staticCode() == null
                        ? payments.page(
                                merchantId,
                                livemode,
                                last,
                                first,
                                from,
                                to,
                                status,
                                amount.least(),
                                amount.most(),
                                enough)
                        : payments.pageOfStaticCode(
                                filter.staticCode(),
                                merchantId,
                                livemode,
                                last,
                                first,
                                from,
                                to,
                                status,
                                amount.least(),
                                amount.most(),
                                enough);
        var more = found.size() > filter.limit();
        var shown = more ? found.subList(0, filter.limit()) : found;
        return new Page(
                shown.stream().map(Payment::view).toList(), more ? shown.getLast().id() : null);
    }

    /**
     * How many payments a filter finds, its place in the list aside; {@code most} stands for more
     * than that, too.
     */
    @Transactional(readOnly = true)
    public long count(String merchantId, Mode mode, Filter filter, long most) {
        var whole = filter.page(1, null);
        if (filter.merchantReference() != null) {
            return page(merchantId, mode, whole).payments().size();
        }
        var bounds = Bounds.of(whole);
        return payments.count(
                merchantId,
                mode.livemode(),
                bounds.lastId(),
                bounds.firstId(),
                bounds.from(),
                bounds.to(),
                filter.status() == null ? null : filter.status().wireName(),
                filter.staticCode(),
                filter.amount().least(),
                filter.amount().most(),
                most);
    }

    /** Between which ids and times a filter looks. */
    private record Bounds(String firstId, String lastId, Instant from, Instant to) {

        static Bounds of(Filter filter) {
            var from = filter.createdFrom() == null ? BEGINNING : filter.createdFrom();
            var to = filter.createdBefore() == null ? END : filter.createdBefore();
            var before = filter.before() == null ? AFTER_EVERY_ID : filter.before();
            var upper =
                    filter.createdBefore() == null
                            ? AFTER_EVERY_ID
                            : PaymentIds.firstPossibleId(to.plus(CLOCK_STEP));
            return new Bounds(
                    PaymentIds.firstPossibleId(from.minus(CLOCK_STEP)),
                    before.compareTo(upper) < 0 ? before : upper,
                    from,
                    to);
        }
    }

    /** From one amount to another, both included, in minor units of the merchant's currency. */
    public record AmountRange(long least, long most) {

        public static final AmountRange ALL = new AmountRange(0, Long.MAX_VALUE);

        boolean holds(PaymentView payment) {
            var amount = Money.parse(payment.amount(), payment.currency()).minorUnits();
            return least <= amount && amount <= most;
        }
    }

    /**
     * Which payments.
     *
     * @param before only those older than the payment with this id
     */
    public record Filter(
            int limit,
            @Nullable String before,
            @Nullable PaymentStatus status,
            @Nullable Instant createdFrom,
            @Nullable Instant createdBefore,
            @Nullable String merchantReference,
            @Nullable String staticCode,
            AmountRange amount) {

        /** The same payments, from another place of the list on. */
        public Filter page(int newLimit, @Nullable String newBefore) {
            return new Filter(
                    newLimit,
                    newBefore,
                    status,
                    createdFrom,
                    createdBefore,
                    merchantReference,
                    staticCode,
                    amount);
        }

        /** Of the same payments those that were there at that time. */
        public Filter madeBefore(Instant time) {
            return new Filter(
                    limit,
                    before,
                    status,
                    createdFrom,
                    createdBefore == null || createdBefore.isAfter(time) ? time : createdBefore,
                    merchantReference,
                    staticCode,
                    amount);
        }
    }

    /** Some payments, and the id of the last one if there are more. */
    public record Page(java.util.List<PaymentView> payments, @Nullable String lastId) {}
}
