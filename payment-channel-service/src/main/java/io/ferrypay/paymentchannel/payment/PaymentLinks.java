package io.ferrypay.paymentchannel.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secret in a payment's link. It is derived from the payment's id and a server secret and only
 * its hash is stored: a repeated create can be answered with the same link although nobody can read
 * it out of the database.
 */
class PaymentLinks {

    /** The generation of the link a payment is born with. */
    static final int FIRST = 1;

    private static final String MAC = "HmacSHA256";
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String publicUrl;
    private final Mac prototype;

    PaymentLinks(byte[] secret, String publicUrl) {
        if (secret.length != 32) {
            throw new IllegalArgumentException("ferry.secrets.key must be 32 bytes, in base64");
        }
        this.prototype = newMac(derive(secret));
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    private static SecretKey derive(byte[] secret) {
        try {
            var purpose = "ferrypay payment link v1".getBytes(StandardCharsets.US_ASCII);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            MAC,
                            HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(purpose, 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mac newMac(SecretKey key) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 256 bits in base64url; a new generation makes the old one worthless. */
    String nonce(String paymentId, int generation) {
        var mac = copy(prototype);
        mac.update(paymentId.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) '.');
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        mac.doFinal(
                                Integer.toString(generation).getBytes(StandardCharsets.US_ASCII)));
    }

    String redirectUrl(String nonce) {
        return publicUrl + "/pay/" + nonce;
    }

    static boolean isNonce(String text) {
        return NONCE.matcher(text).matches();
    }

    static Sha256 hash(String nonce) {
        return Sha256.of(nonce.getBytes(StandardCharsets.US_ASCII));
    }
}
