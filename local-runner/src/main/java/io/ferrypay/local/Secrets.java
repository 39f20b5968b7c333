package io.ferrypay.local;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Passwords and keys of this platform, made at its first start and kept in {@code secrets.json} for
 * the owner only.
 *
 * @param keyEncryptionKey AES-256 key, Base64, under which services store what they must read back
 * @param databasePasswords by schema
 */
record Secrets(String keyEncryptionKey, Map<String, String> databasePasswords) {

    static Secrets of(Workspace workspace) {
        if (Files.exists(workspace.secretsFile())) {
            return Json.read(workspace.secretsFile(), Secrets.class).completed(workspace);
        }
        var passwords = new LinkedHashMap<String, String>();
        for (var part : Part.values()) {
            part.schema().ifPresent(schema -> passwords.put(schema, random(24)));
        }
        var secrets = new Secrets(random(32), passwords);
        Json.write(workspace.secretsFile(), secrets);
        return secrets;
    }

    /** A folder of an older version lacks the passwords of services that are new. */
    private Secrets completed(Workspace workspace) {
        var passwords = new LinkedHashMap<>(databasePasswords);
        for (var part : Part.values()) {
            part.schema().ifPresent(schema -> passwords.computeIfAbsent(schema, _ -> random(24)));
        }
        if (passwords.size() == databasePasswords.size()) {
            return this;
        }
        var completed = new Secrets(keyEncryptionKey, passwords);
        Json.write(workspace.secretsFile(), completed);
        return completed;
    }

    String passwordOf(String schema) {
        var password = databasePasswords.get(schema);
        if (password == null) {
            throw new Refusal("secrets.json has no password for schema " + schema + ".");
        }
        return password;
    }

    private static String random(int bytes) {
        var value = new byte[bytes];
        new SecureRandom().nextBytes(value);
        return Base64.getEncoder().encodeToString(value);
    }
}
