package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.paymentchannel.payment.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The secret in a dynamic code's address: 256 bits made from the session's id and a server secret.
 * Only its hash is stored, and a till that asks again is shown the same code.
 */
@Component
class CodeTokens {

    private static final String MAC = "HmacSHA256";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final SecretKey key;
    private final String publicUrl;

    CodeTokens(
            @Value("${ferry.secrets.key}") String secret,
            @Value("${ferry.public-url}") String publicUrl) {
        this.publicUrl = publicUrl.replaceAll("/+$", "");
        try {
            this.key =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveKey(
                                    MAC,
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(Base64.getDecoder().decode(secret))
                                            .thenExpand(
                                                    "ferrypay dynamic code v1"
                                                            .getBytes(StandardCharsets.US_ASCII),
                                                    32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String token(String sessionId) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(sessionId.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the code says. */
    String address(String sessionId) {
        return publicUrl + "/q/" + token(sessionId);
    }

    Sha256 hashFor(String sessionId) {
        return Sha256.of(token(sessionId).getBytes(StandardCharsets.US_ASCII));
    }

    /** Empty for what can't be a token of ours. */
    static Optional<Sha256> hash(String token) {
        return TOKEN.matcher(token).matches()
                ? Optional.of(Sha256.of(token.getBytes(StandardCharsets.US_ASCII)))
                : Optional.empty();
    }
}
