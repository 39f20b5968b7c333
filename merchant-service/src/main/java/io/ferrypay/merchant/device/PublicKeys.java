package io.ferrypay.merchant.device;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import io.ferrypay.problem.ApiException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Public keys of devices: NIST P-256, as SubjectPublicKeyInfo (RFC 5480). */
final class PublicKeys {

    private PublicKeys() {}

    /** Refuses with 400 what is not a point of P-256. */
    static byte[] check(String base64) {
        try {
            var encoded = Base64.getDecoder().decode(base64);
            // The constructor refuses a point that is not on the curve.
            new ECKey.Builder(Curve.P_256, (ECPublicKey) read(encoded)).build();
            return encoded;
        } catch (IllegalArgumentException
                | IllegalStateException
                | ClassCastException
                | GeneralSecurityException _) {
            throw ApiException.invalid(
                    "/public_key",
                    "wrong_format",
                    "is not a P-256 key as SubjectPublicKeyInfo in Base64");
        }
    }

    /** One that was checked when it came. */
    static PublicKey kept(byte[] encoded) {
        try {
            return read(encoded);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A device's key can't be read", e);
        }
    }

    private static PublicKey read(byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
