package io.ferrypay.reconcile.load;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;

/** Where our own records come from. */
public interface RecordSource {

    /**
     * What moved on an account on a Beijing day, and so long before and after it, as lines of
     * PostgreSQL's text format for COPY; the last line is {@code end}, a tab and how many there
     * were.
     */
    InputStream open(String accountId, LocalDate day, Duration edge) throws IOException;
}
