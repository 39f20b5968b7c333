package io.ferrypay.paymentchannel.channel.wechat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A self-signed certificate with its private key, written in DER because the JDK offers no way to.
 */
record TestCertificate(X509Certificate certificate, PrivateKey privateKey) {

    private static final byte[] SHA256_WITH_RSA =
            HexFormat.of().parseHex("300d06092a864886f70d01010b0500");
    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");

    static TestCertificate create(String serialHex, Instant from, Instant to) {
        return create(serialHex, from, to, newKeyPair());
    }

    static TestCertificate create(String serialHex, Instant from, Instant to, KeyPair keys) {
        try {
            var name =
                    der(
                            0x30,
                            der(
                                    0x31,
                                    der(
                                            0x30,
                                            COMMON_NAME,
                                            der(
                                                    0x0c,
                                                    "Pretend WeChat"
                                                            .getBytes(StandardCharsets.UTF_8)))));
            var toBeSigned =
                    der(
                            0x30,
                            der(0x02, new BigInteger(serialHex, 16).toByteArray()),
                            SHA256_WITH_RSA,
                            name,
                            der(0x30, time(from), time(to)),
                            name,
                            keys.getPublic().getEncoded());
            var signing = Signature.getInstance("SHA256withRSA");
            signing.initSign(keys.getPrivate());
            signing.update(toBeSigned);
            var signature = signing.sign();
            var bits = new byte[signature.length + 1];
            System.arraycopy(signature, 0, bits, 1, signature.length);
            var encoded = der(0x30, toBeSigned, SHA256_WITH_RSA, der(0x03, bits));
            var certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(encoded));
            return new TestCertificate(certificate, keys.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair newKeyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String serial() {
        return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
    }

    String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(String what, byte[] content) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what);
    }

    private static byte[] time(Instant instant) {
        var text =
                DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT)
                        .format(instant.atOffset(ZoneOffset.UTC));
        return der(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
