package io.ferrypay.paymentchannel.channel.payease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.paymentchannel.channel.payease.Mac.Value;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {

    private static final Sign SIGN =
            Sign.ofKeyFile(PretendPayease.publicKeyFile(PretendPayease.KEYS));

    @Test
    void the_mac_is_that_of_rfc_2202_whatever_the_pieces() {
        var mac = new Mac("Jefe".getBytes(StandardCharsets.US_ASCII));

        assertThat(mac.of("what do ya want for nothing?"))
                .isEqualTo("750c783e6ab0b503eaa86e310a5db738");
        assertThat(mac.of("what do ya ", "want", " for nothing?"))
                .isEqualTo("750c783e6ab0b503eaa86e310a5db738");
        assertThat(mac.fits("750C783E6AB0B503EAA86E310A5DB738", "what do ya want for nothing?"))
                .isTrue();
        assertThat(mac.fits("750c783e6ab0b503eaa86e310a5db739", "what do ya want for nothing?"))
                .isFalse();
    }

    @Test
    void a_mac_over_chinese_is_recognised_in_each_of_the_three_encodings() {
        var mac = new Mac(PretendPayease.KEY.getBytes(StandardCharsets.US_ASCII));
        var values = new Value[] {Value.code("a|_|b"), Value.words("中国|_|银行"), Value.code("2")};

        assertThat(
                        mac.fitting(
                                PretendPayease.mac("a|_|b中国|_|银行2".getBytes(PretendPayease.GBK)),
                                values))
                .isEqualTo(Mac.Encoding.GBK);
        assertThat(
                        mac.fitting(
                                PretendPayease.mac(
                                        "a|_|b中国|_|银行2".getBytes(StandardCharsets.UTF_8)),
                                values))
                .isEqualTo(Mac.Encoding.UTF8);
        assertThat(
                        mac.fitting(
                                PretendPayease.mac(
                                        "a|_|b%E4%B8%AD%E5%9B%BD%7C_%7C%E9%93%B6%E8%A1%8C2"
                                                .getBytes(StandardCharsets.US_ASCII)),
                                values))
                .isEqualTo(Mac.Encoding.URL_ENCODED);
        assertThat(mac.fitting(PretendPayease.mac("other".getBytes(PretendPayease.GBK)), values))
                .isNull();
    }

    @Test
    void the_sign_is_a_bare_rsa_over_the_hex_of_an_md5() {
        var sign = PretendPayease.sign("oid", "1", "10.00", "0");

        assertThat(sign).hasSize(256);
        assertThat(SIGN.covers(sign, "oid", "1", "10.00", "0")).isTrue();
        assertThat(SIGN.covers(sign.toUpperCase(java.util.Locale.ROOT), "oid", "1", "10.00", "0"))
                .isTrue();
        assertThat(SIGN.covers(sign, "oid", "1", "10.01", "0")).isFalse();
    }

    @Test
    void an_ordinary_md5_with_rsa_is_no_sign() throws Exception {
        var signature = Signature.getInstance("MD5withRSA");
        signature.initSign(PretendPayease.KEYS.getPrivate());
        signature.update("oid".getBytes(StandardCharsets.US_ASCII));

        assertThat(SIGN.covers(HexFormat.of().formatHex(signature.sign()), "oid")).isFalse();
    }

    @Test
    void a_sign_by_another_key_is_no_sign() {
        var other = Sign.ofKeyFile(PretendPayease.publicKeyFile(PretendPayease.keys(1024)));

        assertThat(other.covers(PretendPayease.sign("oid"), "oid")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "abc", "00", "5a5a", "ffffffffffffffffffffffffffffffffff"})
    void junk_is_no_sign(String junk) {
        assertThat(SIGN.covers(junk, "oid")).isFalse();
        assertThat(SIGN.covers("5a".repeat(128), "oid")).isFalse();
        assertThat(SIGN.covers("5a".repeat(100_000), "oid")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "m=;e=;", "e=10001;m=ab;", "m=abc", "m=ab;e=10001;", "m=xyz;e=10001;"})
    void what_is_no_key_file_is_refused(String text) {
        assertThatThrownBy(() -> Sign.ofKeyFile(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_never_prints() {
        assertThat(new Mac("secret".getBytes(StandardCharsets.US_ASCII)).toString())
                .doesNotContain("secret");
    }
}
