package io.ferrypay.paymentchannel.channel;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;

/** Hands out a file of what happened on a day. */
public interface ProvidesStatements extends PaymentChannel {

    /**
     * Streams the file of a Beijing day, as the channel sent it, into {@code sink}, and checks it
     * the way the channel provides for. What was written before an answer other than {@link
     * StatementAnswer.Complete} is worthless.
     */
    StatementAnswer statement(String accountId, LocalDate day, OutputStream sink)
            throws IOException;

    /** What came of asking for a file. */
    sealed interface StatementAnswer {

        /**
         * All of it was written.
         *
         * @param format a name for its layout, such as {@code wechat-global-csv}
         * @param sha256 of the bytes, lower-case hex
         * @param verified whether the channel vouched for exactly these bytes (hash and signature);
         *     false where it offers no such thing
         */
        record Complete(String format, String sha256, long bytes, boolean verified)
                implements StatementAnswer {}

        /** The channel will have it later today or tomorrow: ask again. */
        record NotReady() implements StatementAnswer {}

        /** There is none: nothing happened on that day. */
        record EmptyDay() implements StatementAnswer {}

        /** The channel will never have it: too old, or in the future. */
        record OutOfRange(String code) implements StatementAnswer {}

        /** The bytes do not fit the channel's hash or signature. */
        record Forged(String why) implements StatementAnswer {}

        record Unknown(String why) implements StatementAnswer {}
    }
}
