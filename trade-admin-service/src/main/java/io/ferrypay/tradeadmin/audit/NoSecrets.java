package io.ferrypay.tradeadmin.audit;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What is kept for good and shown to people never holds a secret: its fields are looked at. */
public final class NoSecrets {

    private static final Pattern SECRET =
            Pattern.compile(
                    "(?i).*(password|passphrase|secret|private_?key|api_?key|token|credential|recovery_?code|totp).*");

    private NoSecrets() {}

    /** Fails where a field is called like a secret: a mistake of ours, not of a caller. */
    public static void check(JsonNode node) {
        node.propertyStream()
                .forEach(field -> {
                    check(field.getKey());
                    check(field.getValue());
                });
        if (node.isArray()) {
            node.forEach(NoSecrets::check);
        }
    }

    /** Fails for a name of a secret. */
    public static void check(String field) {
        if (SECRET.matcher(field).matches()) {
            throw new IllegalArgumentException("This is kept for good, and never holds " + field);
        }
    }
}
