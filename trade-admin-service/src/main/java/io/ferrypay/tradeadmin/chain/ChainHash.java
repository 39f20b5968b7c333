package io.ferrypay.tradeadmin.chain;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of the hash before and of what a link holds, part by part. Each part says how long it is,
 * so that no two links read the same; the form is permanent.
 */
public final class ChainHash {

    /** In bytes. */
    public static final int LENGTH = 32;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final DataOutputStream out = new DataOutputStream(bytes);

    private ChainHash(byte[] previous) {
        bytes.writeBytes(previous);
    }

    /** Where a chain begins. */
    public static byte[] start() {
        return new byte[LENGTH];
    }

    public static ChainHash after(byte[] previous) {
        return new ChainHash(previous);
    }

    /** A short text: two bytes of length, then as {@link java.io.DataOutput#writeUTF}. */
    public ChainHash text(String text) {
        return write(() -> out.writeUTF(text));
    }

    /** Of any length, or none: four bytes of length, -1 for none, then UTF-8. */
    public ChainHash longText(@Nullable String text) {
        return write(() -> {
            if (text == null) {
                out.writeInt(-1);
                return;
            }
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        });
    }

    /** Eight bytes. */
    public ChainHash number(long number) {
        return write(() -> out.writeLong(number));
    }

    /** Four bytes. */
    public ChainHash count(int count) {
        return write(() -> out.writeInt(count));
    }

    /** Microseconds since 1970, as exact as the database keeps a time. */
    public ChainHash time(Instant time) {
        return number(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Part {
        void write() throws IOException;
    }

    private ChainHash write(Part part) {
        try {
            part.write();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
