package io.ferrypay.reconcile.convert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file, one at a time in one buffer. Lines end with LF or CR LF, which no byte of
 * another character of UTF-8 or GBK looks like. A line longer than the limit is skipped to its end
 * and says so.
 */
final class Lines {

    static final int MOST_BYTES = 64 * 1024;

    private static final Charset GBK = Charset.forName("GBK");
    private static final char UNREADABLE = '\ufffd';
    private static final int BOM_BYTES = 3;

    private InputStream in;
    private final byte[] buffer = new byte[2 * MOST_BYTES];
    private int next;
    private int filled;
    private boolean ended;

    private int start;
    private int length;
    private long number;
    private long offset;
    private long bytes;
    private long following;
    private boolean tooLong;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes on with another file; numbers are counted through. */
    void continueWith(InputStream another) {
        in = another;
        next = 0;
        filled = 0;
        ended = false;
        following = 0;
    }

    /** Moves to the next line; false after the last one. */
    boolean next() throws IOException {
        offset = following;
        tooLong = false;
        int from = next;
        while (true) {
            for (int i = from; i < filled; i++) {
                if (buffer[i] == '\n') {
                    return line(i, i + 1);
                }
            }
            if (ended) {
                return filled > next && line(filled, filled);
            }
            if (filled - next > MOST_BYTES) {
                return skip();
            }
            from = filled - next;
            fill();
        }
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, next, buffer, 0, filled - next);
        filled -= next;
        next = 0;
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            ended = true;
        } else {
            filled += read;
        }
    }

    private boolean line(int end, int after) {
        start = next;
        length = end - start;
        if (length > 0 && buffer[end - 1] == '\r') {
            length--;
        }
        if (offset == 0 && startsWithBom()) {
            start += BOM_BYTES;
            length -= BOM_BYTES;
        }
        bytes = (long) end - next;
        following = offset + after - next;
        next = after;
        number++;
        tooLong = length > MOST_BYTES;
        return true;
    }

    private boolean startsWithBom() {
        return length >= BOM_BYTES
                && buffer[start] == (byte) 0xef
                && buffer[start + 1] == (byte) 0xbb
                && buffer[start + 2] == (byte) 0xbf;
    }

    private boolean skip() throws IOException {
        long passed = 0;
        tooLong = true;
        start = 0;
        length = 0;
        number++;
        while (true) {
            for (int i = next; i < filled; i++) {
                if (buffer[i] == '\n') {
                    bytes = passed + i - next;
                    following = offset + bytes + 1;
                    next = i + 1;
                    return true;
                }
            }
            passed += filled - next;
            next = filled;
            if (ended) {
                bytes = passed;
                following = offset + bytes;
                return true;
            }
            fill();
        }
    }

    /** Of the line at hand, from 1. After the last one: how many there were. */
    long number() {
        return number;
    }

    long offset() {
        return offset;
    }

    /** Its length without LF. */
    long bytes() {
        return bytes;
    }

    boolean isBlank() {
        if (tooLong) {
            return false;
        }
        for (int i = start; i < start + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    String utf8() throws BadField {
        return text(false);
    }

    String gbk() throws BadField {
        return text(true);
    }

    /**
     * In UTF-8 if it is that, else in GBK. A text that could be both differs only in characters
     * that no reference or amount has: what separates columns is then the same.
     */
    String utf8OrGbk() throws BadField {
        try {
            return utf8();
        } catch (BadField e) {
            if (e.reason() == BadLine.Reason.TOO_LONG) {
                throw e;
            }
            return gbk();
        }
    }

    private String text(boolean gbk) throws BadField {
        if (tooLong) {
            throw new BadField(BadLine.Reason.TOO_LONG, null);
        }
        var charset = gbk ? GBK : StandardCharsets.UTF_8;
        var text = new String(buffer, start, length, charset);
        if (text.indexOf(UNREADABLE) >= 0 && !isIn(charset)) {
            throw new BadField(BadLine.Reason.WRONG_ENCODING, null);
        }
        return text;
    }

    /**
     * A file may well hold the sign for an unreadable character, so its mere presence says little.
     */
    private boolean isIn(Charset charset) {
        try {
            var _ =
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(buffer, start, length));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /** The headings or totals at hand, or none when it is no readable line. */
    List<String> cells(char separator, @Nullable Charset charset) {
        try {
            var text = charset == null ? utf8OrGbk() : charset.equals(GBK) ? gbk() : utf8();
            var row = new Row();
            row.split(text, separator, true);
            return row.all();
        } catch (BadField _) {
            return List.of();
        }
    }
}
