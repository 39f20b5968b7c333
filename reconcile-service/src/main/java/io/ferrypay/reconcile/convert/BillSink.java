package io.ferrypay.reconcile.convert;

import java.io.IOException;

/**
 * Takes lines while a file is read, in its order. All of them are worthless unless the conversion
 * ends as {@link Conversion.Converted}.
 */
public interface BillSink {

    void line(BillLine line) throws IOException;

    void bad(BadLine line) throws IOException;
}
