package io.ferrypay.reconcile.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Asks for records of ours by their numbers, whatever became of them. */
public interface RecordLookup {

    /** How many numbers may be asked for at once. */
    int MOST = 500;

    /** As {@link io.ferrypay.reconcile.load.RecordSource#open}. */
    InputStream numbered(String accountId, List<String> orderNumbers, List<String> refundNumbers)
            throws IOException;
}
