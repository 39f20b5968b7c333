package io.ferrypay.paymentchannel.export;

import io.ferrypay.paymentchannel.payment.FindPayments;
import io.ferrypay.paymentchannel.payment.web.PaymentListQuery;
import io.ferrypay.paymentchannel.refund.FindRefunds;
import io.ferrypay.paymentchannel.refund.RefundStatus;
import io.ferrypay.problem.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What belongs into an export: the list as it was when the export was asked for. */
@Component
class ExportRows {

    private final FindPayments payments;
    private final FindRefunds refunds;

    ExportRows(FindPayments payments, FindRefunds refunds) {
        this.payments = payments;
        this.refunds = refunds;
    }

    /**
     * Some rows.
     *
     * @param lastId of the last one, or null if there are none
     * @param more whether others follow
     */
    record Rows(List<Object[]> rows, @Nullable String lastId, boolean more) {}

    /**
     * @throws ApiException {@code invalid_request}
     */
    void check(Export export) {
        var _ =
                switch (export.kind()) {
                    case PAYMENTS -> ofPayments(export);
                    case REFUNDS -> ofRefunds(export, 1);
                };
    }

    long count(Export export, long most) {
        return switch (export.kind()) {
            case PAYMENTS ->
                    payments.count(export.merchantId(), export.mode(), ofPayments(export), most);
            case REFUNDS ->
                    refunds.count(export.merchantId(), export.mode(), ofRefunds(export, 1), most);
        };
    }

    /** Those that follow what is written. */
    Rows next(Export export, int limit) {
        return switch (export.kind()) {
            case PAYMENTS -> {
                var page =
                        payments.page(
                                export.merchantId(),
                                export.mode(),
                                ofPayments(export).page(limit, export.lastId()));
                var found = page.payments();
                yield new Rows(
                        found.stream()
                                .map(payment -> ExportCsv.row(payment, export.zone()))
                                .toList(),
                        found.isEmpty() ? null : found.getLast().id(),
                        page.lastId() != null);
            }
            case REFUNDS -> {
                var page =
                        refunds.page(export.merchantId(), export.mode(), ofRefunds(export, limit));
                var found = page.refunds();
                yield new Rows(
                        found.stream().map(refund -> ExportCsv.row(refund, export.zone())).toList(),
                        found.isEmpty() ? null : found.getLast().id(),
                        page.lastId() != null);
            }
        };
    }

    private FindPayments.Filter ofPayments(Export export) {
        var filters = export.filters();
        return PaymentListQuery.parse(
                        null,
                        null,
                        filters.status(),
                        filters.createdGte(),
                        filters.createdLt(),
                        filters.merchantReference(),
                        filters.staticCode(),
                        filters.amountGte(),
                        filters.amountLte(),
                        payments.currencyOf(export.merchantId()).orElse("NZD"))
                .madeBefore(export.createdAt());
    }

    private static FindRefunds.Filter ofRefunds(Export export, int limit) {
        var filters = export.filters();
        if (!filters.equals(
                new ExportFilters(filters.status(), null, null, null, null, null, null))) {
            throw ApiException.invalid(
                    "/filters", "not_allowed", "may hold nothing but status for refunds");
        }
        var name = filters.status();
        var status =
                name == null
                        ? null
                        : RefundStatus.ofWireName(name)
                                .orElseThrow(() ->
                                        ApiException.invalid(
                                                "/filters/status",
                                                "not_allowed",
                                                "is not a status of refunds"));
        return new FindRefunds.Filter(
                limit,
                export.lastId() == null
                        ? FindRefunds.firstIdAt(export.createdAt())
                        : export.lastId(),
                status);
    }
}
