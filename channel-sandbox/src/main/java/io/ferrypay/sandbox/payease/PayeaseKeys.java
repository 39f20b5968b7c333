package io.ferrypay.sandbox.payease;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The keys Payease has.
 *
 * @param macKey shared with the merchant
 * @param signKey signs answers, returns and notifications
 */
record PayeaseKeys(String macKey, PrivateKey signKey) {

    static final String MAC_KEY_FILE = "key.txt";
    static final String SIGN_KEY_FILE = "payease-key.pem";

    /** As Payease hands it out. */
    static final String PUBLIC_KEY_FILE = "Public1024.key";

    private static final int BITS = 1024;
    private static final int KEY_LENGTH = 16;
    private static final String ALPHANUMERIC =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /**
     * Reads the folder, or makes keys up when none is named.
     *
     * @throws IllegalStateException when a folder is named and cannot be used; the message says why
     */
    static PayeaseKeys load(@Nullable Path directory) {
        if (directory == null || directory.toString().isBlank()) {
            return Made.now().keys();
        }
        try {
            var macKey = Files.readString(directory.resolve(MAC_KEY_FILE)).strip();
            var pem =
                    Files.readString(directory.resolve(SIGN_KEY_FILE))
                            .replaceAll("-----[A-Z ]+-----", "");
            var der = Base64.getMimeDecoder().decode(pem);
            return new PayeaseKeys(
                    macKey,
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The Payease keys in "
                            + directory.toAbsolutePath()
                            + " cannot be read; fill a folder with --generate-payease-keys=<folder>"
                            + " and name it in FERRY_SANDBOX_PAYEASE_DIRECTORY.",
                    e);
        }
    }

    /**
     * A fresh set.
     *
     * @param publicKeyFile what {@code Public1024.key} says
     */
    record Made(PayeaseKeys keys, String publicKeyFile) {

        static Made now() {
            try {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(BITS);
                var pair = generator.generateKeyPair();
                var publicKey = (RSAPublicKey) pair.getPublic();
                return new Made(
                        new PayeaseKeys(macKey(new SecureRandom()), pair.getPrivate()),
                        "m=%s;e=%s;"
                                .formatted(
                                        hex(publicKey.getModulus()),
                                        hex(publicKey.getPublicExponent())));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String hex(BigInteger number) {
            return number.toString(16);
        }

        private static String macKey(SecureRandom random) {
            var key = new StringBuilder(KEY_LENGTH);
            for (int i = 0; i < KEY_LENGTH; i++) {
                key.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
            }
            return key.toString();
        }

        /** The keys stay out of logs. */
        @Override
        public String toString() {
            return "Made[hidden]";
        }
    }

    byte[] macKeyBytes() {
        return macKey.getBytes(StandardCharsets.US_ASCII);
    }

    /** Keys stay out of logs. */
    @Override
    public String toString() {
        return "PayeaseKeys[hidden]";
    }
}
