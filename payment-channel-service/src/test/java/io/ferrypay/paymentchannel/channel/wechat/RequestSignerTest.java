package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestSignerTest {

    @Test
    void whoever_signs_the_signature_is_the_same() {
        var key = PretendWechat.MERCHANT_KEYS.getPrivate();
        var message = "POST\n/v3/global/transactions/native\n1764000000\nabc\n{\"蜂\":\"蜜\"}\n";

        var fastest = RequestSigner.of("0A1B", key).sign(message);
        var jdk = RequestSigner.withJdk("0A1B", key).sign(message);

        // RSA PKCS #1 v1.5 has no randomness, so equal bytes prove an equal algorithm.
        assertThat(fastest.getSign()).isEqualTo(jdk.getSign());
        assertThat(fastest.getCertificateSerialNumber()).isEqualTo("0A1B");
    }
}
