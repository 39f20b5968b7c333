package io.ferrypay.paymentchannel.export;

import io.ferrypay.paymentchannel.payment.FindPayments;
import io.ferrypay.paymentchannel.payment.web.PaymentListQuery;
import io.ferrypay.paymentchannel.refund.FindRefunds;
import io.ferrypay.paymentchannel.refund.RefundStatus;
import io.ferrypay.problem.ApiException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What belongs into an export: the list as it was when the export was asked for. Reading takes only
 * so long: the database gives up a step that is too slow.
 */
@Component
class ExportRows {

    private final FindPayments payments;
    private final FindRefunds refunds;
    private final JdbcClient jdbc;
    private final TransactionTemplate reading;
    private final String patience;

    ExportRows(
            FindPayments payments,
            FindRefunds refunds,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ExportSettings settings) {
        this.payments = payments;
        this.refunds = refunds;
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.patience = settings.patience().toMillis() + "ms";
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

    /**
     * @throws org.springframework.dao.DataAccessException also when it takes too long
     */
    long count(Export export, long most) {
        return patiently(() -> counted(export, most));
    }

    private long counted(Export export, long most) {
        return switch (export.kind()) {
            case PAYMENTS ->
                    payments.count(export.merchantId(), export.mode(), ofPayments(export), most);
            case REFUNDS ->
                    refunds.count(export.merchantId(), export.mode(), ofRefunds(export, 1), most);
        };
    }

    /**
     * Those that follow what is written.
     *
     * @throws org.springframework.dao.DataAccessException also when it takes too long
     */
    Rows next(Export export, int limit) {
        return patiently(() -> following(export, limit));
    }

    /** What only reads has no number, so the feed of events does not wait for it. */
    private <T> T patiently(Supplier<T> read) {
        return Objects.requireNonNull(
                reading.execute(_ -> {
                    var _ =
                            jdbc.sql("select set_config('statement_timeout', ?, true)")
                                    .param(patience)
                                    .query(String.class)
                                    .single();
                    return read.get();
                }));
    }

    private Rows following(Export export, int limit) {
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
