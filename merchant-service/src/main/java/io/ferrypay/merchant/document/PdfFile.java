package io.ferrypay.merchant.document;

import io.ferrypay.problem.ApiException;

/**
 * A PDF begins with {@code %PDF-}, and ends with {@code startxref}, a number and {@code %%EOF} (ISO
 * 32000-1, 7.5). What is between is not read: a parser of PDF unpacks streams, which is what an
 * attacker would like.
 */
final class PdfFile {

    private static final byte[] VERSION_1 = ContentCheck.ascii("%PDF-1.");
    private static final byte[] VERSION_2 = ContentCheck.ascii("%PDF-2.");
    private static final byte[] LAST_TABLE = ContentCheck.ascii("startxref");
    private static final byte[] END = ContentCheck.ascii("%%EOF");

    /** More than this between the two marks is no number. */
    private static final int LONGEST_NUMBER = 40;

    private PdfFile() {}

    static void check(byte[] content) {
        if (!ContentCheck.startsWith(content, VERSION_1)
                && !ContentCheck.startsWith(content, VERSION_2)) {
            throw ApiException.of(DocumentProblems.DAMAGED);
        }
        var end = ContentCheck.findLast(content, END);
        if (end < 0) {
            throw ApiException.of(DocumentProblems.DAMAGED);
        }
        ContentCheck.refuseBehind(content, end + END.length);
        if (ContentCheck.find(content, LAST_TABLE, end - LAST_TABLE.length - LONGEST_NUMBER, end)
                < 0) {
            throw ApiException.of(DocumentProblems.DAMAGED);
        }
    }
}
