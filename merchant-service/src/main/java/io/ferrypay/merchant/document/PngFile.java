package io.ferrypay.merchant.document;

import static io.ferrypay.merchant.document.ContentCheck.unsigned32;

import io.ferrypay.problem.ApiException;
import java.util.zip.CRC32;

/** A PNG is a signature and a chain of chunks from IHDR to IEND (W3C PNG, sections 5 and 11). */
final class PngFile {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int IHDR = 0x49484452;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454e44;

    /** Length, type and checksum around each chunk's content. */
    private static final int AROUND = 12;

    private PngFile() {}

    static boolean begins(byte[] content) {
        return ContentCheck.startsWith(content, SIGNATURE);
    }

    static void check(byte[] content) {
        var at = SIGNATURE.length;
        var hasPicture = false;
        while (at + AROUND <= content.length) {
            var length = unsigned32(content, at);
            if (length > content.length - at - AROUND) {
                throw ApiException.of(DocumentProblems.DAMAGED);
            }
            var type = (int) unsigned32(content, at + 4);
            refuseWrongSum(content, at, (int) length);
            if ((at == SIGNATURE.length) != (type == IHDR)) {
                throw ApiException.of(DocumentProblems.DAMAGED);
            }
            if (type == IHDR) {
                if (length != 13) {
                    throw ApiException.of(DocumentProblems.DAMAGED);
                }
                ContentCheck.refusePixels(
                        unsigned32(content, at + 8), unsigned32(content, at + 12));
            }
            hasPicture |= type == IDAT;
            at += AROUND + (int) length;
            if (type == IEND) {
                if (!hasPicture || length != 0) {
                    throw ApiException.of(DocumentProblems.DAMAGED);
                }
                ContentCheck.refuseBehind(content, at);
                return;
            }
        }
        throw ApiException.of(DocumentProblems.DAMAGED);
    }

    private static void refuseWrongSum(byte[] content, int at, int length) {
        var sum = new CRC32();
        sum.update(content, at + 4, length + 4);
        if (sum.getValue() != unsigned32(content, at + 8 + length)) {
            throw ApiException.of(DocumentProblems.DAMAGED);
        }
    }
}
