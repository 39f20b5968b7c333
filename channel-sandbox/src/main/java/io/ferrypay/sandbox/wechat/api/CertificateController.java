package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.wechat.WechatKeys;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.fault.ApiOperation;
import io.ferrypay.sandbox.wechat.order.Transaction;
import io.ferrypay.sandbox.wechat.wire.ApiDesk;
import io.ferrypay.sandbox.wechat.wire.ResourceCipher;
import io.ferrypay.sandbox.wechat.wire.WechatError;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands out the platform certificate, encrypted under the API v3 key, and refuses every other v3
 * path.
 */
@RestController
class CertificateController {

    private final ApiDesk desk;
    private final WechatKeys keys;
    private final ResourceCipher cipher;
    private final boolean publicKeyMode;

    CertificateController(
            ApiDesk desk, WechatKeys keys, ResourceCipher cipher, WechatProperties properties) {
        this.desk = desk;
        this.keys = keys;
        this.cipher = cipher;
        var publicKeyId = properties.publicKeyId();
        this.publicKeyMode = publicKeyId != null && !publicKeyId.isBlank();
    }

    @GetMapping("/v3/global/certificates")
    ResponseEntity<byte[]> certificates(HttpServletRequest request) {
        return desk.answer(
                request,
                ApiOperation.CERTIFICATES,
                "",
                _ -> {
                    if (publicKeyMode) {
                        throw WechatError.of(
                                404, "RESOURCE_NOT_EXISTS", "There is no platform certificate.");
                    }
                    return new Certificates(List.of(certificate()));
                });
    }

    @RequestMapping("/v3/**")
    ResponseEntity<byte[]> anythingElse() {
        return desk.noSuchPath();
    }

    private Certificate certificate() {
        var certificate = keys.platformCertificate();
        return new Certificate(
                keys.platformSerial(),
                Transaction.beijing(certificate.getNotBefore().toInstant()),
                Transaction.beijing(certificate.getNotAfter().toInstant()),
                cipher.seal(pem().getBytes(StandardCharsets.US_ASCII), "certificate"));
    }

    private String pem() {
        try {
            var der = keys.platformCertificate().getEncoded();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Certificates(List<Certificate> data) {}

    private record Certificate(
            String serialNo,
            String effectiveTime,
            String expireTime,
            ResourceCipher.Sealed encryptCertificate) {}
}
