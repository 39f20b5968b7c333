package io.ferrypay.merchant.document;

/** How large a document may be. */
public final class DocumentLimits {

    /** Of one file, in bytes. */
    public static final int MOST_BYTES = 10 * 1024 * 1024;

    /** Of one picture; whoever shows it needs four bytes for each. */
    static final long MOST_PIXELS = 50_000_000;

    private DocumentLimits() {}
}
