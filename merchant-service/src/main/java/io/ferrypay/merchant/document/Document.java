package io.ferrypay.merchant.document;

import java.time.Instant;

/**
 * A file that was handed in, without its content.
 *
 * @param ownerId what it belongs to
 * @param kind what it is said to show
 * @param name as it was called where it came from, cleaned; a person's choice of words
 * @param size of the content, in bytes
 * @param sha256 of the content, in hex
 * @param scan {@code clean}, or {@code none_configured} when no scanner looked at it
 */
public record Document(
        String id,
        String ownerId,
        String kind,
        String name,
        DocumentType type,
        int size,
        String sha256,
        String scan,
        String uploadedBy,
        Instant uploadedAt) {

    @Override
    public String toString() {
        return "Document[" + id + "]";
    }
}
