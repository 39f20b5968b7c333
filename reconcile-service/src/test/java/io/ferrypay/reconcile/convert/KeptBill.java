package io.ferrypay.reconcile.convert;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A bill kept in memory, told in short lines that a test can be read by. */
final class KeptBill implements BillSink {

    final List<BillLine> lines = new ArrayList<>();
    final List<BadLine> bad = new ArrayList<>();

    static KeptBill of(StatementFormat format, byte[] file) throws IOException {
        var bill = new KeptBill();
        bill.read(format, file, KnownAmounts.NONE);
        return bill;
    }

    Conversion result;

    Conversion read(StatementFormat format, byte[] file, KnownAmounts known) throws IOException {
        result =
                new ConvertStatement()
                        .convert(format, () -> new ByteArrayInputStream(file), known, this);
        return result;
    }

    Conversion.Converted converted() {
        return (Conversion.Converted) result;
    }

    @Override
    public void line(BillLine line) {
        lines.add(line);
    }

    @Override
    public void bad(BadLine line) {
        bad.add(line);
    }

    /** Which line, why, and which column. */
    List<String> badness() {
        return bad.stream()
                .map(line -> line.number() + " " + line.reason() + " " + line.column())
                .toList();
    }

    /** Everything of each line, empty where absent. */
    List<String> told() {
        return lines.stream()
                .map(line ->
                        "%d %s %s order=%s/%s refund=%s/%s shop=%s %d %s fen=%s settled=%s %s fee=%s rate=%s at=%s settledAt=%s"
                                .formatted(
                                        line.number(),
                                        line.kind(),
                                        line.status(),
                                        line.orderNumber(),
                                        line.channelReference(),
                                        line.refundNumber(),
                                        line.refundReference(),
                                        line.channelMerchant(),
                                        line.amountMinor(),
                                        line.currency(),
                                        line.yuanMinor(),
                                        line.settledMinor(),
                                        line.settledCurrency(),
                                        line.fee() == null ? null : line.fee().toPlainString(),
                                        line.rate() == null ? null : line.rate().toPlainString(),
                                        line.happenedAt(),
                                        line.settledAt())
                                .replace("null", "-"))
                .toList();
    }
}
