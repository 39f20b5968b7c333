package io.ferrypay.notify.webhook;

import io.ferrypay.notify.secret.Vault;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The platform's Ed25519 keys, one pair a mode, made at first use. With the public key ({@code
 * whpk_…}) a merchant checks the {@code v1a} signature without holding a secret.
 */
@Component
public class PlatformKeys {

    private static final String ALGORITHM = "Ed25519";

    /** Every webhook carries this signature, and the JDK takes longer for it than for the rest. */
    private static final @Nullable Provider NATIVE =
            Conscrypt.isAvailable() ? Conscrypt.newProvider() : null;

    /** An Ed25519 key in X.509 form ends with the 32 bytes of the key itself. */
    private static final int RAW_KEY_BYTES = 32;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Map<Boolean, KeyOfMode> keys = new ConcurrentHashMap<>();

    PlatformKeys(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    private record KeyOfMode(PrivateKey privateKey, String publicKey) {}

    private record Stored(String sealedPrivate, String publicKey) {}

    /** As {@code whpk_} and Base64 of the 32 bytes. */
    public String publicKey(boolean livemode) {
        return key(livemode).publicKey();
    }

    String sign(boolean livemode, byte[] content) {
        try {
            var signature =
                    NATIVE == null
                            ? Signature.getInstance(ALGORITHM)
                            : Signature.getInstance(ALGORITHM, NATIVE);
            signature.initSign(key(livemode).privateKey());
            signature.update(content);
            return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyOfMode key(boolean livemode) {
        return keys.computeIfAbsent(livemode, this::load);
    }

    private KeyOfMode load(boolean livemode) {
        var stored = find(livemode);
        if (stored == null) {
            create(livemode);
            stored = find(livemode);
        }
        try {
            var keys =
                    NATIVE == null
                            ? KeyFactory.getInstance(ALGORITHM)
                            : KeyFactory.getInstance(ALGORITHM, NATIVE);
            var encoded = new PKCS8EncodedKeySpec(vault.open(stored.sealedPrivate()));
            return new KeyOfMode(keys.generatePrivate(encoded), stored.publicKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The platform's signing key can't be read", e);
        }
    }

    @SuppressWarnings("NullAway") // Absent only before create().
    private Stored find(boolean livemode) {
        return jdbc.sql("select sealed_private, public_key from platform_key where livemode = ?")
                .param(livemode)
                .query(Stored.class)
                .optional()
                .orElse(null);
    }

    private void create(boolean livemode) {
        try {
            var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            var encoded = pair.getPublic().getEncoded();
            var raw =
                    java.util.Arrays.copyOfRange(
                            encoded, encoded.length - RAW_KEY_BYTES, encoded.length);
            jdbc.sql(
                            "insert into platform_key (livemode, sealed_private, public_key) values (?, ?, ?) on conflict do nothing")
                    .params(
                            livemode,
                            vault.seal(pair.getPrivate().getEncoded()),
                            "whpk_" + Base64.getEncoder().encodeToString(raw))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
