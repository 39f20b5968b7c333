package io.ferrypay.merchant.document;

import static io.ferrypay.merchant.document.ContentCheck.unsigned16;

import io.ferrypay.problem.ApiException;

/**
 * A JPEG is a chain of segments from SOI to EOI; after SOS comes coded data, in which 0xFF is
 * followed by 0 or a restart mark (ITU-T T.81, annex B). A second picture or a film behind EOI, as
 * some phones put there, is refused like any other second file.
 */
final class JpegFile {

    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;

    private JpegFile() {}

    static boolean begins(byte[] content) {
        return content.length >= 3
                && (content[0] & 0xff) == 0xff
                && (content[1] & 0xff) == SOI
                && (content[2] & 0xff) == 0xff;
    }

    static void check(byte[] content) {
        var hasFrame = false;
        var hasPicture = false;
        var at = 2;
        while (at + 1 < content.length) {
            if ((content[at] & 0xff) != 0xff) {
                throw ApiException.of(DocumentProblems.DAMAGED);
            }
            var mark = content[at + 1] & 0xff;
            if (mark == 0xff) {
                at++; // Filling.
                continue;
            }
            if (mark == EOI) {
                if (!hasFrame || !hasPicture) {
                    throw ApiException.of(DocumentProblems.DAMAGED);
                }
                ContentCheck.refuseBehind(content, at + 2);
                return;
            }
            if (isAlone(mark) || at + 3 >= content.length) {
                throw ApiException.of(DocumentProblems.DAMAGED);
            }
            var length = unsigned16(content, at + 2);
            if (length < 2 || length > content.length - at - 2) {
                throw ApiException.of(DocumentProblems.DAMAGED);
            }
            if (isFrame(mark)) {
                if (length < 8) {
                    throw ApiException.of(DocumentProblems.DAMAGED);
                }
                ContentCheck.refusePixels(unsigned16(content, at + 7), unsigned16(content, at + 5));
                hasFrame = true;
            }
            at += 2 + length;
            if (mark == SOS) {
                hasPicture = true;
                at = endOfCodedData(content, at);
            }
        }
        throw ApiException.of(DocumentProblems.DAMAGED);
    }

    private static int endOfCodedData(byte[] content, int from) {
        for (var at = from; at + 1 < content.length; at++) {
            if ((content[at] & 0xff) == 0xff) {
                var next = content[at + 1] & 0xff;
                if (next != 0 && next != 0xff && !isRestart(next)) {
                    return at;
                }
            }
        }
        throw ApiException.of(DocumentProblems.DAMAGED);
    }

    private static boolean isRestart(int mark) {
        return mark >= 0xd0 && mark <= 0xd7;
    }

    /** Marks that no length follows; none of them has a place between segments. */
    private static boolean isAlone(int mark) {
        return mark == 0 || mark == 1 || mark == SOI || isRestart(mark);
    }

    /** SOF0 to SOF15; three numbers between them mean something else. */
    private static boolean isFrame(int mark) {
        return mark >= 0xc0 && mark <= 0xcf && mark != 0xc4 && mark != 0xc8 && mark != 0xcc;
    }
}
