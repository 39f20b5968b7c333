package io.ferrypay.paymentchannel.channel.wechat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.wechat.pay.java.core.cipher.SignatureResult;
import com.wechat.pay.java.core.cipher.Signer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs our requests. The signature is the dearest step of placing an order, and native code makes
 * it in about a third of the JDK's time; where that code does not run, the JDK signs.
 */
final class RequestSigner implements Signer {

    private static final Logger log = LoggerFactory.getLogger(RequestSigner.class);
    private static final String ALGORITHM = "SHA256withRSA";
    private static final @Nullable Provider NATIVE = nativeProvider();

    private final String merchantSerial;
    private final PrivateKey key;
    private final @Nullable Provider provider;

    private RequestSigner(String merchantSerial, PrivateKey key, @Nullable Provider provider) {
        this.merchantSerial = merchantSerial;
        this.key = key;
        this.provider = provider;
    }

    /** Signs natively where that works with this key, otherwise with the JDK. */
    static RequestSigner of(String merchantSerial, PrivateKey key) {
        if (NATIVE == null) {
            return withJdk(merchantSerial, key);
        }
        try {
            // A key of the provider's own kind need not be converted for every signature.
            var own =
                    KeyFactory.getInstance("RSA", NATIVE)
                            .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
            return new RequestSigner(merchantSerial, own, NATIVE);
        } catch (GeneralSecurityException | RuntimeException e) {
            log.info("The JDK signs, because {} cannot use the key", NATIVE.getName(), e);
            return withJdk(merchantSerial, key);
        }
    }

    static RequestSigner withJdk(String merchantSerial, PrivateKey key) {
        return new RequestSigner(merchantSerial, key, null);
    }

    @Override
    public SignatureResult sign(String message) {
        try {
            var signing =
                    provider == null
                            ? Signature.getInstance(ALGORITHM)
                            : Signature.getInstance(ALGORITHM, provider);
            signing.initSign(key);
            signing.update(message.getBytes(StandardCharsets.UTF_8));
            return new SignatureResult(
                    Base64.getEncoder().encodeToString(signing.sign()), merchantSerial);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The merchant key cannot sign", e);
        }
    }

    @Override
    public String getAlgorithm() {
        return "SHA256-RSA2048";
    }

    private static @Nullable Provider nativeProvider() {
        try {
            var provider = AmazonCorrettoCryptoProvider.INSTANCE;
            if (provider.getLoadingError() == null) {
                return provider;
            }
            log.info("The JDK signs, because native code does not load here");
        } catch (LinkageError | RuntimeException e) {
            log.info("The JDK signs, because native code does not load here", e);
        }
        return null;
    }
}
