package io.ferrypay.merchant.document;

/** Looks for what is known to do harm. No database transaction is open meanwhile. */
interface VirusScanner {

    Verdict scan(byte[] content);

    /** What a scanner can say. */
    sealed interface Verdict {

        record Clean() implements Verdict {}

        /**
         * @param what the scanner's own name for it, for the log
         */
        record Infected(String what) implements Verdict {}

        /** Nobody looked, because no scanner is configured; the document says so for ever. */
        record NotScanned() implements Verdict {}

        /** A scanner is configured and gave no answer that can be read: not a yes. */
        record Unknown(String why) implements Verdict {}
    }
}
