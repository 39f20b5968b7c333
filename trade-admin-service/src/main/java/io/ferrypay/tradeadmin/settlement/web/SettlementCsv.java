package io.ferrypay.tradeadmin.settlement.web;

import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.settlement.ReadBalances;
import io.ferrypay.tradeadmin.settlement.ReadBalances.SettledPayment;
import io.ferrypay.tradeadmin.settlement.ReadBalances.Settlement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A settlement as RFC 4180 has it. Nothing in it was written by anybody but us. */
final class SettlementCsv {

    private static final int STEP = 1_000;
    private static final String[] HEADER = {
        "line",
        "payment",
        "day",
        "channel",
        "method",
        "amount",
        "fee",
        "refunded",
        "net",
        "currency"
    };

    private final ReadBalances balances;

    SettlementCsv(ReadBalances balances) {
        this.balances = balances;
    }

    void write(Settlement settlement, OutputStream out) throws IOException {
        var csv =
                new CSVPrinter(
                        new OutputStreamWriter(out, StandardCharsets.UTF_8),
                        CSVFormat.RFC4180.builder().setHeader(HEADER).get());
        sum(csv, "opening", settlement.firstDay().toString(), settlement.opening());
        @Nullable SettledPayment last = null;
        while (true) {
            var payments = balances.payments(settlement.id(), last, STEP);
            for (var payment : payments) {
                csv.printRecord(
                        "payment",
                        payment.paymentId(),
                        payment.day(),
                        payment.channel(),
                        payment.method(),
                        payment.amount().toDecimalString(),
                        payment.fee().toDecimalString(),
                        payment.refunded().toDecimalString(),
                        payment.amount()
                                .minus(payment.fee())
                                .minus(payment.refunded())
                                .toDecimalString(),
                        payment.amount().currency().code());
            }
            if (payments.size() < STEP) {
                break;
            }
            last = payments.getLast();
        }
        csv.printRecord(
                "settled",
                settlement.id(),
                settlement.lastDay(),
                "",
                "",
                settlement.gross().toDecimalString(),
                settlement.fees().toDecimalString(),
                settlement.refunds().toDecimalString(),
                settlement.net().toDecimalString(),
                settlement.net().currency().code());
        sum(csv, "closing", settlement.lastDay().toString(), settlement.closing());
        csv.flush();
    }

    private static void sum(CSVPrinter csv, String line, String day, Money money)
            throws IOException {
        csv.printRecord(
                line,
                "",
                day,
                "",
                "",
                "",
                "",
                "",
                money.toDecimalString(),
                money.currency().code());
    }
}
