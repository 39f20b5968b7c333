package io.ferrypay.tradeadmin.audit.web;

import io.ferrypay.tradeadmin.audit.ReadAudit;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** For a spreadsheet. Its last line is the chain's head. */
final class AuditCsv extends AuditFile {

    private static final String[] HEADER = {
        "sequence",
        "at",
        "service",
        "who",
        "account",
        "session",
        "address",
        "action",
        "subject",
        "before",
        "after",
        "reason",
        "hash"
    };

    private final CSVPrinter csv;

    AuditCsv(OutputStream out) throws IOException {
        super(out);
        this.csv = new CSVPrinter(this.out, CSVFormat.RFC4180);
    }

    @Override
    public void begin(long firstSequence, String previousHash) {
        write(() -> csv.printRecord((Object[]) HEADER));
    }

    @Override
    public void entry(ReadAudit.Kept kept) {
        var entry = kept.entry();
        write(() ->
                csv.printRecord(
                        entry.sequence(),
                        entry.at(),
                        entry.service(),
                        text(entry.who().name()),
                        text(entry.who().accountId()),
                        text(entry.who().sessionId()),
                        text(entry.who().address()),
                        text(entry.action()),
                        text(entry.subject()),
                        text(entry.before()),
                        text(entry.after()),
                        text(entry.reason()),
                        kept.hash()));
    }

    @Override
    public void end(ReadAudit.Head head) {
        write(() ->
                csv.printRecord(
                        head.sequence(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "audit_head",
                        "",
                        "",
                        "",
                        "",
                        head.hash()));
    }

    /**
     * A spreadsheet takes text that begins like this for a formula; an apostrophe keeps it text.
     */
    private static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return "=+-@\t\r\n".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    }
}
