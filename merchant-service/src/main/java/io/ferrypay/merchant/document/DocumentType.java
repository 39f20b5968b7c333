package io.ferrypay.merchant.document;

import java.util.List;
import java.util.Locale;

/** What a document may be. Decided by its content, never by its name. */
public enum DocumentType {
    PDF("application/pdf", List.of("pdf")),
    JPEG("image/jpeg", List.of("jpg", "jpeg")),
    PNG("image/png", List.of("png"));

    private final String mediaType;

    @SuppressWarnings("ImmutableEnumChecker") // A list that can't be changed.
    private final List<String> extensions;

    DocumentType(String mediaType, List<String> extensions) {
        this.mediaType = mediaType;
        this.extensions = extensions;
    }

    public String mediaType() {
        return mediaType;
    }

    static DocumentType ofMediaType(String mediaType) {
        for (var type : values()) {
            if (type.mediaType.equals(mediaType)) {
                return type;
            }
        }
        throw new IllegalArgumentException("No type of ours");
    }

    /** The name with an extension that fits: what is called .exe would be saved as .exe. */
    String named(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return extensions.stream().anyMatch(extension -> lower.endsWith("." + extension))
                ? name
                : name + "." + extensions.getFirst();
    }
}
