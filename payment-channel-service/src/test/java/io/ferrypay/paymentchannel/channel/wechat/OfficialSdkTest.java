package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.CODE;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.ORDER;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.channel;
import static org.assertj.core.api.Assertions.assertThat;

import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.certificate.InMemoryCertificateProvider;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.cipher.SignatureResult;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.http.HttpHeaders;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What WeChat's own library thinks of what is ours: the signer and the keys. */
class OfficialSdkTest {

    private static final Pattern ITEM = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final String SERIAL = "3775B6A45ACD588826D15E583A95F5DD00000001";

    private static final RSASigner THEIR_SIGNER =
            new RSASigner(SERIAL, PretendWechat.MERCHANT_KEYS.getPrivate());

    @TempDir Path files;

    @Test
    void their_signer_writes_the_signature_we_sent() throws Exception {
        try (var wechat = new PretendWechat(files)) {
            wechat.answers.add(PretendWechat.signed(200, CODE));
            assertThat(channel(wechat.openPatiently()).offer(ORDER))
                    .isInstanceOf(OfferAnswer.Ready.class);

            var sent = wechat.asked.take();
            var authorization = sent.getHeaders().get("Authorization");
            var items = items(authorization);
            var judged =
                    THEIR_SIGNER.sign(
                            "%s\n%s\n%s\n%s\n%s\n"
                                    .formatted(
                                            sent.getMethod(),
                                            sent.getTarget(),
                                            items.get("timestamp"),
                                            items.get("nonce_str"),
                                            sent.getBody().utf8()));

            // RSA PKCS #1 v1.5 has no randomness: the right signature is one signature.
            assertThat(items.get("signature")).isEqualTo(judged.getSign());
            assertThat(items.get("serial_no")).isEqualTo(judged.getCertificateSerialNumber());
            var uri = URI.create("https://apihk.mch.weixin.qq.com" + sent.getTarget());
            var theirs =
                    new WechatPay2Credential(PretendWechat.SP_MCHID, THEIR_SIGNER)
                            .getAuthorization(uri, "POST", sent.getBody().utf8());
            assertThat(authorization.split(" ", 2)[0]).isEqualTo(theirs.split(" ", 2)[0]);
            assertThat(items).containsOnlyKeys(items(theirs).keySet());
        }
    }

    @Test
    void their_signer_writes_what_ours_does_of_any_request() {
        var ours = RequestSigner.of(SERIAL, PretendWechat.MERCHANT_KEYS.getPrivate());
        for (var text :
                List.of(
                        "GET\n/v3/global/certificates\n1764000000\nabc\n\n",
                        "GET\n/v3/global/statements?date=20261124&sp_mchid=1\n1764000000\nabc\n\n",
                        "POST\n/v3/global/refunds\n1764000000\nabc\n{\"reason\":\"蜂蜜 🍯\"}\n")) {
            var judged = THEIR_SIGNER.sign(text);
            assertThat(ours.sign(text).getSign()).isEqualTo(judged.getSign());
            assertThat(ours.getAlgorithm()).isEqualTo(THEIR_SIGNER.getAlgorithm());
        }
    }

    @Test
    void their_validator_and_ours_agree_about_answers() {
        var now = Instant.now();
        var stranger = TestCertificate.newKeyPair().getPrivate();
        var key = PretendWechat.PLATFORM.privateKey();
        var serial = PretendWechat.PLATFORM.serial();
        var answers =
                Map.of(
                        "as it should be",
                        PretendWechat.signed(200, CODE, serial, key, now).getHeaders(),
                        "serial in lower case",
                        PretendWechat.signed(200, CODE, serial.toLowerCase(Locale.ROOT), key, now)
                                .getHeaders(),
                        "another key",
                        PretendWechat.signed(200, CODE, serial, stranger, now).getHeaders(),
                        "another serial",
                        PretendWechat.signed(200, CODE, "ABCDEF01", key, now).getHeaders(),
                        "another body",
                        PretendWechat.signed(200, CODE + " ", serial, key, now).getHeaders());
        var judge = new WechatPay2Validator(new RSAVerifier(certificates()));
        var ours = new WechatPay2Validator(ourKeys());
        var verdicts = new HashMap<String, Boolean>();
        answers.forEach((name, headers) -> {
            var judged = judge.validate(sdk(headers), CODE);
            assertThat(ours.validate(sdk(headers), CODE)).as(name).isEqualTo(judged);
            verdicts.put(name, judged);
        });

        assertThat(verdicts)
                .isEqualTo(
                        Map.of(
                                "as it should be", true,
                                "serial in lower case", true,
                                "another key", false,
                                "another serial", false,
                                "another body", false));
    }

    @Test
    void of_texts_without_a_signature_neither_is_convinced() {
        Verifier judge = new RSAVerifier(certificates());
        var text = "1764000000\nabc\n{}\n";
        var good = new RSASigner("X", PretendWechat.PLATFORM.privateKey()).sign(text);
        var serial = PretendWechat.PLATFORM.serial();

        for (var signature : List.of(good, new SignatureResult(bytes(good.getSign()), "X"))) {
            assertThat(ourKeys().verify(serial, text, signature.getSign()))
                    .isEqualTo(judge.verify(serial, text, signature.getSign()));
        }
        assertThat(ourKeys().verify(serial, text, good.getSign())).isTrue();
    }

    /** The right length and the wrong bits. */
    private static String bytes(String signature) {
        var bits = Base64.getDecoder().decode(signature);
        bits[bits.length - 1] ^= 1;
        return Base64.getEncoder().encodeToString(bits);
    }

    private static InMemoryCertificateProvider certificates() {
        return new InMemoryCertificateProvider(List.of(PretendWechat.PLATFORM.certificate()));
    }

    private static PlatformKeys ourKeys() {
        return new PlatformKeys(
                null,
                null,
                new PlatformCertificates(
                        "wechat_test",
                        () -> List.of(PretendWechat.PLATFORM.certificate()),
                        Clock.systemUTC(),
                        Duration.ofSeconds(1)));
    }

    private static HttpHeaders sdk(Headers headers) {
        var copy = new HttpHeaders();
        headers.forEach(header -> copy.addHeader(header.getFirst(), header.getSecond()));
        return copy;
    }

    private static Map<String, String> items(String authorization) {
        var items = new HashMap<String, String>();
        var matcher = ITEM.matcher(authorization);
        while (matcher.find()) {
            items.put(matcher.group(1), matcher.group(2));
        }
        return items;
    }
}
