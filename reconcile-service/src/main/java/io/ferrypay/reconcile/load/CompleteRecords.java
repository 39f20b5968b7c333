package io.ferrypay.reconcile.load;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Passes records on, and fails where they end if they did not say that all of them were there. */
final class CompleteRecords extends FilterInputStream {

    private static final int LAST = 64;

    private final byte[] last = new byte[LAST];
    private int kept;
    private long lines;

    CompleteRecords(InputStream in) {
        super(in);
    }

    /** Without the last line; only after the end. */
    long records() {
        return lines - 1;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        if (read < 0) {
            checkEnd();
            return read;
        }
        for (int i = from; i < from + read; i++) {
            if (into[i] == '\n') {
                lines++;
            }
        }
        keep(into, from, read);
        return read;
    }

    private void keep(byte[] bytes, int from, int length) {
        int taken = Math.min(length, LAST);
        int stay = Math.min(kept, LAST - taken);
        System.arraycopy(last, kept - stay, last, 0, stay);
        System.arraycopy(bytes, from + length - taken, last, stay, taken);
        kept = stay + taken;
    }

    private void checkEnd() throws EOFException {
        var said = ("\nend\t" + (lines - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        // The only line has no end of a line before it.
        int from = lines == 1 ? 1 : 0;
        var end = Arrays.copyOfRange(said, from, said.length);
        if (kept < end.length
                || !Arrays.equals(Arrays.copyOfRange(last, kept - end.length, kept), end)) {
            throw new EOFException("the records broke off after " + lines + " lines");
        }
    }
}
