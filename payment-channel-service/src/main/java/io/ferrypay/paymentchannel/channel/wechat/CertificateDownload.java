package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.auth.Credential;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.certificate.CertificateDownloader;
import com.wechat.pay.java.core.certificate.InMemoryCertificateProvider;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.exception.ValidationException;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.util.PemUtil;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Fetches WeChat's platform certificates. Nothing can verify the first answer's signature, so what
 * makes it genuine is that its content decrypts with our APIv3 key (AES-GCM); the signature is
 * verified afterwards with the certificates it brought.
 */
final class CertificateDownload {

    private final URI address;
    private final Credential credential;
    private final byte[] apiV3Key;
    private final OkHttpClient okHttp;

    CertificateDownload(URI address, Credential credential, byte[] apiV3Key, OkHttpClient okHttp) {
        this.address = address;
        this.credential = credential;
        this.apiV3Key = apiV3Key.clone();
        this.okHttp = okHttp;
    }

    /**
     * What WeChat offers now, at least one.
     *
     * @throws RuntimeException of the SDK's choosing when there is no trustworthy answer
     */
    Collection<X509Certificate> certificates() {
        var later = new LaterValidator();
        var certificates =
                new CertificateDownloader.Builder()
                        .downloadUrl(address.toString())
                        .httpClient(
                                new DefaultHttpClientBuilder()
                                        .okHttpClient(okHttp)
                                        .credential(credential)
                                        .validator(later)
                                        .build())
                        .aeadCipher(new AeadAesCipher(apiV3Key))
                        .certificateHandler(new PemHandler())
                        .build()
                        .download()
                        .values();
        if (certificates.isEmpty()) {
            throw new IllegalStateException("WeChat Pay offers no platform certificate");
        }
        later.verifyWith(List.copyOf(certificates));
        return certificates;
    }

    /** Remembers what there is to verify until there is something to verify it with. */
    private static final class LaterValidator implements Validator {

        private @Nullable HttpHeaders headers;
        private @Nullable String body;

        @Override
        public <T> boolean validate(HttpHeaders responseHeaders, String responseBody) {
            headers = responseHeaders;
            body = responseBody;
            return true;
        }

        @Override
        public <T> String getSerialNumber() {
            return "";
        }

        void verifyWith(List<X509Certificate> certificates) {
            var seen = headers;
            var serial = seen == null ? null : seen.getHeader("Wechatpay-Serial");
            if (seen == null || serial == null || serial.startsWith("PUB_KEY_ID_")) {
                return; // Signed by a key this answer does not bring.
            }
            var provider = new InMemoryCertificateProvider(certificates);
            if (!new WechatPay2Validator(new RSAVerifier(provider)).validate(seen, body)) {
                throw new ValidationException("The certificates' answer is not signed by them");
            }
        }
    }

    private static final class PemHandler
            implements com.wechat.pay.java.core.certificate.CertificateHandler {

        @Override
        public X509Certificate generateCertificate(String pem) {
            return PemUtil.loadX509FromString(pem);
        }

        @Override
        public void validateCertPath(X509Certificate certificate) {
            // WeChat publishes no root to validate against; decryption is the proof of origin.
        }
    }
}
