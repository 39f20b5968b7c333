package io.ferrypay.tradeadmin.ledger.web;

import io.ferrypay.tradeadmin.ledger.ReadBooks;
import io.ferrypay.tradeadmin.ledger.ReadBooks.Movement;
import io.ferrypay.tradeadmin.ledger.ReadBooks.Statement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** A statement as RFC 4180 has it: one line of opening, one each movement, one of closing. */
final class StatementCsv {

    private static final String[] HEADER = {
        "line",
        "sequence",
        "posted_at",
        "happened_at",
        "kind",
        "subject",
        "payment",
        "amount",
        "balance",
        "currency"
    };

    private final ReadBooks books;

    StatementCsv(ReadBooks books) {
        this.books = books;
    }

    void write(Statement statement, OutputStream out) throws IOException {
        var format = CSVFormat.RFC4180.builder().setHeader(HEADER).get();
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        var csv = new CSVPrinter(writer, format);
        var currency = statement.opening().currency().code();
        csv.printRecord(
                "opening",
                "",
                statement.from(),
                "",
                "",
                statement.account().account().path(),
                "",
                "",
                statement.opening().toDecimalString(),
                currency);
        try {
            books.forEachMovement(statement, movement -> print(csv, movement, currency));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.printRecord(
                "closing",
                "",
                statement.to(),
                "",
                "",
                statement.account().account().path(),
                "",
                "",
                statement.closing().toDecimalString(),
                currency);
        csv.flush();
    }

    private static void print(CSVPrinter csv, Movement movement, String currency) {
        try {
            csv.printRecord(
                    "movement",
                    movement.sequence(),
                    movement.postedAt(),
                    movement.happenedAt(),
                    text(movement.kind()),
                    text(movement.subject()),
                    text(movement.paymentId()),
                    movement.amount().toDecimalString(),
                    movement.balance().toDecimalString(),
                    currency);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A spreadsheet takes text that begins like this for a formula; an apostrophe keeps it text.
     * Amounts are ours and stay numbers.
     */
    static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return "=+-@\t\r\n".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    }
}
