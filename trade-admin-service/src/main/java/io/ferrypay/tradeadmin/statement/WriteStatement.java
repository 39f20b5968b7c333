package io.ferrypay.tradeadmin.statement;

import io.ferrypay.tradeadmin.ledger.Book;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes a statement into a file of a form, as it is read. */
@Component
public class WriteStatement {

    /** More lines than that no person reads. */
    public static final int MOST_PDF_LINES = 20_000;

    private final ReadStatements statements;

    WriteStatement(ReadStatements statements) {
        this.statements = statements;
    }

    /** The forms there are. */
    public enum Format {
        CSV("text/csv;charset=UTF-8", "csv"),
        PDF("application/pdf", "pdf"),
        /** ISO 20022 camt.053.001.08, for accounting programs. */
        CAMT053("application/xml", "xml");

        private final String mediaType;
        private final String ending;

        Format(String mediaType, String ending) {
            this.mediaType = mediaType;
            this.ending = ending;
        }

        public String mediaType() {
            return mediaType;
        }

        /** The name on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Format> ofWireName(String name) {
            return Arrays.stream(values()).filter(one -> one.wireName().equals(name)).findFirst();
        }
    }

    /** How the file is called; of test money it begins with TEST. */
    public static String fileName(BalanceStatement statement, Format format) {
        return (statement.book() == Book.LIVE ? "" : "TEST-")
                + "statement-"
                + statement.opening().currency().code()
                + "-"
                + statement.from()
                + "-"
                + statement.to()
                + "."
                + format.ending;
    }

    public void write(BalanceStatement statement, Format format, OutputStream out)
            throws IOException {
        switch (format) {
            case CSV -> new StatementCsv(statements).write(statement, out);
            case PDF -> new StatementPdf(statements).write(statement, out);
            case CAMT053 -> new StatementCamt(statements).write(statement, out);
        }
    }
}
