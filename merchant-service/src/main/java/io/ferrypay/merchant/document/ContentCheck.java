package io.ferrypay.merchant.document;

import io.ferrypay.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Finds out what a file is, from its first byte to its last, and refuses what is more than one
 * thing. Nothing is decoded or unpacked: lengths and marks are followed, so that a file can't cost
 * more than its own size.
 */
final class ContentCheck {

    private static final byte[] PDF = ascii("%PDF-");

    /** Readers of PDF look for the mark in so many bytes. */
    private static final int PDF_MARK_WITHIN = 1024;

    /**
     * A ZIP is recognised by its end, which may have a comment of 65 535 bytes behind it; readers
     * of one file take no notice of the numbers of disks in it.
     */
    private static final int ZIP_END_WITHIN = 65_535 + 22;

    private static final byte[] ZIP_END = {'P', 'K', 5, 6};

    /** Archives that are found wherever they begin. */
    private static final List<byte[]> ARCHIVES =
            List.of(
                    new byte[] {'R', 'a', 'r', '!', 0x1a, 7},
                    new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c});

    /** Where a browser or a server would look for something to execute in a picture. */
    private static final int SCRIPT_WITHIN = 4096;

    private static final List<String> SCRIPTS =
            List.of("<script", "<html", "<!doctype html", "<svg", "<?php");

    private ContentCheck() {}

    /** Refuses with one of {@link DocumentProblems}. */
    static DocumentType typeOf(byte[] content) {
        if (content.length == 0) {
            throw ApiException.of(DocumentProblems.EMPTY);
        }
        var type = byFirstBytes(content);
        switch (type) {
            case PDF -> PdfFile.check(content);
            case JPEG -> JpegFile.check(content);
            case PNG -> PngFile.check(content);
        }
        refuseSecondFile(content, type);
        return type;
    }

    private static DocumentType byFirstBytes(byte[] content) {
        if (PngFile.begins(content)) {
            return DocumentType.PNG;
        }
        if (JpegFile.begins(content)) {
            return DocumentType.JPEG;
        }
        if (startsWith(content, PDF)) {
            return DocumentType.PDF;
        }
        throw ApiException.of(DocumentProblems.TYPE_NOT_ALLOWED);
    }

    private static void refuseSecondFile(byte[] content, DocumentType type) {
        if (find(content, ZIP_END, content.length - ZIP_END_WITHIN, content.length) >= 0) {
            throw ApiException.of(DocumentProblems.IS_TWO_FILES);
        }
        for (var archive : ARCHIVES) {
            if (find(content, archive, 0, content.length) >= 0) {
                throw ApiException.of(DocumentProblems.IS_TWO_FILES);
            }
        }
        if (type == DocumentType.PDF) {
            return;
        }
        if (find(content, PDF, 0, PDF_MARK_WITHIN) >= 0) {
            throw ApiException.of(DocumentProblems.IS_TWO_FILES);
        }
        var begin =
                new String(
                                content,
                                0,
                                Math.min(content.length, SCRIPT_WITHIN),
                                StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT);
        if (SCRIPTS.stream().anyMatch(begin::contains)) {
            throw ApiException.of(DocumentProblems.IS_TWO_FILES);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean startsWith(byte[] content, byte[] mark) {
        return find(content, mark, 0, mark.length) == 0;
    }

    /** The first place at or after {@code from} of a mark that ends before {@code to}, or -1. */
    static int find(byte[] content, byte[] mark, int from, int to) {
        var last = Math.min(to, content.length) - mark.length;
        for (var at = Math.max(from, 0); at <= last; at++) {
            if (stands(content, mark, at)) {
                return at;
            }
        }
        return -1;
    }

    static int findLast(byte[] content, byte[] mark) {
        for (var at = content.length - mark.length; at >= 0; at--) {
            if (stands(content, mark, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean stands(byte[] content, byte[] mark, int at) {
        for (var i = 0; i < mark.length; i++) {
            if (content[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Refuses what stands behind a file's end; some programs fill up with blanks. */
    static void refuseBehind(byte[] content, int end) {
        for (var at = end; at < content.length; at++) {
            if (content[at] != 0
                    && content[at] != ' '
                    && content[at] != '\t'
                    && content[at] != '\r'
                    && content[at] != '\n') {
                throw ApiException.of(DocumentProblems.IS_TWO_FILES);
            }
        }
    }

    static void refusePixels(long width, long height) {
        if (width < 1 || height < 1) {
            throw ApiException.of(DocumentProblems.DAMAGED);
        }
        // Each alone first: the product of two sides as long as can be written does not fit.
        if (width > DocumentLimits.MOST_PIXELS
                || height > DocumentLimits.MOST_PIXELS
                || width * height > DocumentLimits.MOST_PIXELS) {
            throw ApiException.of(
                    DocumentProblems.TOO_MANY_PIXELS,
                    "It may have " + DocumentLimits.MOST_PIXELS + " pixels.");
        }
    }

    static int unsigned16(byte[] content, int at) {
        return (content[at] & 0xff) << 8 | (content[at + 1] & 0xff);
    }

    static long unsigned32(byte[] content, int at) {
        return (long) unsigned16(content, at) << 16 | unsigned16(content, at + 2);
    }
}
