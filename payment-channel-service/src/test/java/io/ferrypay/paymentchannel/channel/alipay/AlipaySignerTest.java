package io.ferrypay.paymentchannel.channel.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.internal.util.AlipaySignature;
import io.ferrypay.identity.Mode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlipaySignerTest {

    private static final Map<String, String> PARAMETERS =
            Map.of(
                    "subject", "Mānuka 蜂蜜 {\"a\":\"b\"}",
                    "service", "create_forex_trade",
                    "_input_charset", "UTF-8",
                    "total_fee", "0.10",
                    "body", "",
                    "sign_type", "RSA2");

    @TempDir private Path files;

    @Test
    void the_sheets_worked_example_comes_out() {
        var parameters =
                Map.of(
                        "service", "single_trade_query",
                        "partner", "2088000000000001",
                        "out_trade_no", "NZ-7",
                        "_input_charset", "UTF-8");
        var signer =
                AlipaySigner.withMd5Key("0123456789abcdefghijklmnopqrstuv", StandardCharsets.UTF_8);

        assertThat(AlipaySigner.content(parameters))
                .isEqualTo(
                        "_input_charset=UTF-8&out_trade_no=NZ-7&partner=2088000000000001"
                                + "&service=single_trade_query");
        assertThat(signer.sign(parameters)).isEqualTo("546d1586b4b22c39e5ba4f722b0cc285");
        assertThat(signer.verify(parameters, "546d1586b4b22c39e5ba4f722b0cc285")).isTrue();
        assertThat(signer.verify(parameters, "546d1586b4b22c39e5ba4f722b0cc286")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"RSA,UTF-8", "RSA2,UTF-8", "RSA,GBK", "RSA2,GBK"})
    void each_side_verifies_the_other_and_never_itself(SignType type, String charset)
            throws Exception {
        var ours = keys();
        var theirs = keys();
        var signer = AlipaySigner.of(account(type, charset, ours, theirs));
        var alipay = AlipaySigner.of(account(type, charset, theirs, ours));

        var sign = alipay.sign(PARAMETERS);
        assertThat(signer.verify(PARAMETERS, sign)).isTrue();
        assertThat(signer.verify(PARAMETERS, sign.replace('+', ' '))).isTrue();
        assertThat(alipay.verify(PARAMETERS, signer.sign(PARAMETERS))).isTrue();
        assertThat(signer.verify(PARAMETERS, signer.sign(PARAMETERS))).isFalse();
        assertThat(signer.verify(PARAMETERS, "no signature")).isFalse();
    }

    /** Alipay's own library, which knows nothing of ours, as the judge. */
    @ParameterizedTest
    @CsvSource({"RSA,UTF-8", "RSA2,UTF-8", "RSA,GBK", "RSA2,GBK"})
    void alipays_own_library_agrees_in_both_directions(SignType type, String charset)
            throws Exception {
        var ours = keys();
        var theirs = keys();
        var signer = AlipaySigner.of(account(type, charset, ours, theirs));
        var ourPublicKey = base64(ours.getPublic().getEncoded());
        var theirPrivateKey = base64(theirs.getPrivate().getEncoded());
        // GBK has no ā: what a charset can't say is no part of its messages.
        var parameters = new HashMap<>(PARAMETERS);
        parameters.put("subject", "蜂蜜 {\"a\":\"b&c=d\"} + 100%");

        var content = AlipaySignature.getSignCheckContentV1(new HashMap<>(parameters));

        assertThat(AlipaySigner.content(parameters)).isEqualTo(content);
        assertThat(
                        AlipaySignature.rsaCheck(
                                content,
                                signer.sign(parameters),
                                ourPublicKey,
                                charset,
                                type.name()))
                .isTrue();
        assertThat(
                        AlipaySignature.rsaCheck(
                                content + "x",
                                signer.sign(parameters),
                                ourPublicKey,
                                charset,
                                type.name()))
                .isFalse();
        var sign = AlipaySignature.rsaSign(content, theirPrivateKey, charset, type.name());
        assertThat(signer.verify(parameters, sign)).isTrue();
        parameters.put("total_fee", "0.11");
        assertThat(signer.verify(parameters, sign)).isFalse();
    }

    @Test
    void what_is_sent_is_the_very_signature_alipays_library_makes() throws Exception {
        var ours = keys();
        var signer = AlipaySigner.of(account(SignType.RSA2, "GBK", ours, keys()));
        var parameters = Map.of("service", "single_trade_query", "subject", "蜂蜜");

        // RSA PKCS #1 v1.5 has no randomness, so equal bytes prove an equal algorithm.
        assertThat(signer.sign(parameters))
                .isEqualTo(
                        AlipaySignature.rsaSign(
                                "service=single_trade_query&subject=蜂蜜",
                                base64(ours.getPrivate().getEncoded()),
                                "GBK",
                                "RSA2"))
                .isNotEqualTo(
                        AlipaySignature.rsaSign(
                                "service=single_trade_query&subject=蜂蜜",
                                base64(ours.getPrivate().getEncoded()),
                                "UTF-8",
                                "RSA2"));
    }

    private AlipayProperties.Account account(
            SignType type, String charset, KeyPair ours, KeyPair theirs) throws Exception {
        return new AlipayProperties.Account(
                "a",
                Mode.TEST,
                PretendAlipay.PARTNER,
                type,
                charset,
                null,
                Files.writeString(files.resolve("own"), base64(ours.getPrivate().getEncoded())),
                Files.writeString(files.resolve("theirs"), base64(theirs.getPublic().getEncoded())),
                URI.create("https://a.example"),
                null,
                URI.create("https://b.example"),
                Set.of(),
                false);
    }

    private static KeyPair keys() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
