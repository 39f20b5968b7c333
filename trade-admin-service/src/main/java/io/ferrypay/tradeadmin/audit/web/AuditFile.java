package io.ferrypay.tradeadmin.audit.web;

import io.ferrypay.tradeadmin.audit.ReadAudit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** An export that is written while it is read. */
abstract sealed class AuditFile implements ReadAudit.Export, AutoCloseable
        permits AuditCsv, AuditLines {

    final Writer out;

    AuditFile(OutputStream out) {
        this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    interface Write {
        void run() throws IOException;
    }

    static void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
