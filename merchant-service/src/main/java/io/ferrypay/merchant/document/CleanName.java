package io.ferrypay.merchant.document;

import java.text.Normalizer;

/** What a file was called, made harmless: it is shown and offered for saving, never a path. */
final class CleanName {

    private static final int LONGEST = 100;

    private CleanName() {}

    static String of(String name, DocumentType type) {
        var last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        var kept = new StringBuilder();
        Normalizer.normalize(last, Normalizer.Form.NFC)
                .codePoints()
                .map(point -> Character.isWhitespace(point) ? ' ' : point)
                .filter(CleanName::isHarmless)
                .limit(LONGEST)
                .forEach(kept::appendCodePoint);
        var clean = kept.toString().strip().replaceFirst("^[. ]+", "");
        return type.named(clean.isEmpty() ? "document" : clean);
    }

    /** Format characters, such as those that turn the direction of writing, hide an extension. */
    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> "<>:\"|?*%;".indexOf(point) < 0;
        };
    }
}
