package io.ferrypay.reconcile.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Files by the SHA-256 of their bytes: nothing is ever overwritten, and the same bytes are there
 * once. A file is kept as a whole before its name is there.
 */
interface FileStore {

    record Stored(String sha256, long bytes) {}

    /**
     * @throws IOException when the stream or the store fails; then nothing was stored
     */
    Stored add(InputStream in) throws IOException;

    /**
     * Keeps the bytes only if they have that hash.
     *
     * @param sha256 lower-case hex
     * @return empty if they have another; then nothing was stored
     * @throws IOException as of {@link #add}
     */
    Optional<Stored> addIf(String sha256, InputStream in) throws IOException;

    /**
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    InputStream open(String sha256) throws IOException;
}
