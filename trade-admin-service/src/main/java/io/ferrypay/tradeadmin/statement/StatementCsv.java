package io.ferrypay.tradeadmin.statement;

import io.ferrypay.tradeadmin.statement.BalanceStatement.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * As RFC 4180 has it: opening, every line, closing. Nothing in it was written by anybody but us.
 */
final class StatementCsv {

    private final ReadStatements statements;

    StatementCsv(ReadStatements statements) {
        this.statements = statements;
    }

    void write(BalanceStatement statement, OutputStream out) throws IOException {
        var csv =
                new CSVPrinter(
                        new OutputStreamWriter(out, StandardCharsets.UTF_8),
                        CSVFormat.RFC4180
                                .builder()
                                .setHeader(
                                        "line",
                                        "id",
                                        "at",
                                        "kind",
                                        "source",
                                        "payment",
                                        "amount",
                                        "balance",
                                        "currency")
                                .get());
        var currency = statement.opening().currency().code();
        csv.printRecord(
                "opening",
                "",
                statement.from(),
                "",
                "",
                "",
                "",
                statement.opening().toDecimalString(),
                currency);
        try {
            statements.forEach(statement, line -> print(csv, line, currency));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.printRecord(
                "closing",
                "",
                statement.to(),
                "",
                "",
                "",
                "",
                statement.closing().toDecimalString(),
                currency);
        csv.flush();
    }

    private static void print(CSVPrinter csv, Line line, String currency) {
        try {
            csv.printRecord(
                    "movement",
                    line.id(),
                    line.postedAt(),
                    line.kind(),
                    line.subject(),
                    line.paymentId(),
                    line.amount().toDecimalString(),
                    line.balance().toDecimalString(),
                    currency);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
