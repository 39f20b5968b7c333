package io.ferrypay.gateway.page;

import java.nio.ByteBuffer;

/**
 * A file as it is sent.
 *
 * @param gzipped the same in fewer bytes, or the plain bytes where packing gains nothing
 */
record WebFile(String contentType, ByteBuffer plain, ByteBuffer gzipped, String etag) {

    boolean isPacked() {
        return gzipped.remaining() < plain.remaining();
    }

    int weight() {
        return plain.remaining() + (isPacked() ? gzipped.remaining() : 0);
    }
}
