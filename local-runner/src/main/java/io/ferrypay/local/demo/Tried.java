package io.ferrypay.local.demo;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of paying by every way. */
public record Tried(List<Line> lines, double milliseconds) {

    /**
     * One way. Times are null where it did not come that far.
     *
     * @param title as the company calls it
     * @param payerAmount what the payer paid; empty when nobody said
     * @param payerCurrency likewise
     * @param status of the payment, as last seen
     * @param refundState likewise
     * @param paidMillis from the shop's call until it could read that it was paid
     * @param partMillis from asking for a part back until that was done
     * @param restMillis likewise the rest
     * @param problem why it is not paid and refunded; null when it is
     */
    public record Line(
            String title,
            String method,
            String flow,
            @Nullable String bank,
            String paymentId,
            String amount,
            String currency,
            String payerAmount,
            String payerCurrency,
            String status,
            String refundState,
            @Nullable Double paidMillis,
            @Nullable Double partMillis,
            @Nullable Double restMillis,
            @Nullable String problem) {

        boolean ok() {
            return problem == null;
        }

        String result() {
            return problem == null ? "paid, refunded" : "FAILED: " + problem;
        }

        private Map<String, @Nullable Object> asJson() {
            var all = new LinkedHashMap<String, @Nullable Object>();
            all.put("method", method);
            all.put("flow", flow);
            all.put("bank", bank);
            all.put("payment_id", paymentId);
            all.put("amount", amount);
            all.put("currency", currency);
            all.put("payer_amount", payerAmount);
            all.put("payer_currency", payerCurrency);
            all.put("status", status);
            all.put("refund_state", refundState);
            var milliseconds = new LinkedHashMap<String, @Nullable Double>();
            milliseconds.put("paid", paidMillis);
            milliseconds.put("refund_part", partMillis);
            milliseconds.put("refund_rest", restMillis);
            all.put("milliseconds", milliseconds);
            all.put("ok", ok());
            all.put("problem", problem);
            return all;
        }
    }

    /** Whether everything is paid and refunded. */
    public boolean ok() {
        return lines.stream().allMatch(Line::ok);
    }

    private long failed() {
        return lines.stream().filter(line -> !line.ok()).count();
    }

    public Map<String, Object> asJson() {
        var totals = new LinkedHashMap<String, Object>();
        totals.put("lines", lines.size());
        totals.put("paid_and_refunded", lines.size() - failed());
        totals.put("failed", failed());
        totals.put("milliseconds", milliseconds);
        var all = new LinkedHashMap<String, Object>();
        all.put("ok", ok());
        all.put("lines", lines.stream().map(Line::asJson).toList());
        all.put("totals", totals);
        return all;
    }

    /** A table for people; reasons stand below it, for they are long. */
    public void print(PrintStream out) {
        var row = "%-17s %-9s %-30s %10s %11s %7s %10s %10s  %s%n";
        out.printf(
                Locale.ROOT,
                row,
                "method",
                "flow/bank",
                "payment",
                "price",
                "paid",
                "paid in",
                "part back",
                "rest back",
                "");
        for (var line : lines) {
            out.printf(
                    Locale.ROOT,
                    row,
                    line.title(),
                    Objects.requireNonNullElse(line.bank(), line.flow()),
                    line.paymentId().isEmpty() ? "-" : line.paymentId(),
                    line.amount() + " " + line.currency(),
                    line.payerAmount().isEmpty()
                            ? "-"
                            : line.payerAmount() + " " + line.payerCurrency(),
                    seconds(line.paidMillis()),
                    seconds(line.partMillis()),
                    seconds(line.restMillis()),
                    line.ok() ? "paid, refunded" : "FAILED");
        }
        out.println();
        lines.stream()
                .filter(line -> !line.ok())
                .forEach(line ->
                        out.println(
                                line.title()
                                        + " "
                                        + Objects.requireNonNullElse(line.bank(), line.flow())
                                        + ": "
                                        + line.problem()));
        out.printf(
                Locale.ROOT,
                "%d of %d ways paid and refunded in %.1f s%n",
                lines.size() - failed(),
                lines.size(),
                milliseconds / 1000);
    }

    private static String seconds(@Nullable Double millis) {
        return millis == null ? "-" : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
