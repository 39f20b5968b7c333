package io.ferrypay.reconcile.convert;

import java.io.IOException;
import java.io.InputStream;

/** A stored file. It may be read more than once. */
@FunctionalInterface
public interface Statement {

    InputStream open() throws IOException;
}
