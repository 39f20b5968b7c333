package io.ferrypay.sandbox.payease;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes and checks the two marks of the classic gateway: the shared HMAC-MD5 and the RSA sign. */
@Component("payeaseMarks")
class Marks {

    private final PayeaseKeys keys;

    Marks(PayeaseKeys keys) {
        this.keys = keys;
    }

    /** Over the values joined without anything between, as lower-case hex. */
    String mac(Charset charset, String... values) {
        try {
            var mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(keys.macKeyBytes(), "HmacMD5"));
            for (var value : values) {
                mac.update(value.getBytes(charset));
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isMac(@Nullable String candidate, Charset charset, String... values) {
        return candidate != null
                && MessageDigest.isEqual(
                        mac(charset, values).getBytes(StandardCharsets.US_ASCII),
                        candidate.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    /** RSA, padded but without a digest's name, over the hex of the joined values' MD5. */
    String sign(String... values) {
        try {
            var md5 =
                    MessageDigest.getInstance("MD5")
                            .digest(String.join("", values).getBytes(StandardCharsets.UTF_8));
            var signature = Signature.getInstance("NONEwithRSA");
            signature.initSign(keys.signKey());
            signature.update(HexFormat.of().formatHex(md5).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the right length and nobody's. */
    String forgedSign() {
        return "5a".repeat(128);
    }
}
