package io.ferrypay.paymentchannel.refund;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.payment.FindPayments;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Looks refunds up for the merchant they belong to; in another mode they do not exist. */
@Service
public class FindRefunds {

    private static final String AFTER_EVERY_ID = "re_~";

    private final Refunds refunds;
    private final FindPayments payments;

    FindRefunds(Refunds refunds, FindPayments payments) {
        this.refunds = refunds;
        this.payments = payments;
    }

    public Optional<RefundView> byId(String merchantId, Mode mode, String id) {
        return RefundIds.isRefundId(id)
                ? refunds.findByIdAndMerchantIdAndLivemode(id, merchantId, mode.livemode())
                        .map(Refund::view)
                : Optional.empty();
    }

    /** A page of a payment's refunds, newest first; empty when there is no such payment. */
    public Optional<Page> ofPayment(String merchantId, Mode mode, String paymentId, Filter filter) {
        return payments.byId(merchantId, mode, paymentId)
                .map(payment ->
                        page(
                                refunds.pageOf(
                                        payment.id(),
                                        before(filter),
                                        filter.status(),
                                        filter.limit() + 1),
                                filter));
    }

    /** A page of a merchant's refunds, newest first. */
    public Page page(String merchantId, Mode mode, Filter filter) {
        return page(
                refunds.page(
                        merchantId,
                        mode.livemode(),
                        before(filter),
                        filter.status(),
                        filter.limit() + 1),
                filter);
    }

    /**
     * How many refunds a filter finds, from its place in the list on; counted up to {@code most}.
     */
    @Transactional(readOnly = true)
    public long count(String merchantId, Mode mode, Filter filter, long most) {
        return refunds.count(
                merchantId,
                mode.livemode(),
                before(filter),
                filter.status() == null ? null : filter.status().wireName(),
                most);
    }

    /** Before which id all refunds stand that were made before a time. */
    public static String firstIdAt(Instant time) {
        return RefundIds.firstPossibleId(time);
    }

    private static String before(Filter filter) {
        return filter.before() == null ? AFTER_EVERY_ID : filter.before();
    }

    private static Page page(List<Refund> found, Filter filter) {
        var more = found.size() > filter.limit();
        var shown = more ? found.subList(0, filter.limit()) : found;
        return new Page(
                shown.stream().map(Refund::view).toList(), more ? shown.getLast().id() : null);
    }

    /**
     * Which refunds.
     *
     * @param before only those older than the refund with this id
     */
    public record Filter(int limit, @Nullable String before, @Nullable RefundStatus status) {}

    /** Some refunds, and the id of the last one if there are more. */
    public record Page(List<RefundView> refunds, @Nullable String lastId) {}
}
