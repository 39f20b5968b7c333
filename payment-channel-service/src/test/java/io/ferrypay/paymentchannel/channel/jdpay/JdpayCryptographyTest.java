package io.ferrypay.paymentchannel.channel.jdpay;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdpayCryptographyTest {

    private static final RSAPrivateKey KEY =
            (RSAPrivateKey) PretendJdpay.MERCHANT_KEYS.getPrivate();

    private final FieldCipher cipher = new FieldCipher(PretendJdpay.DES_KEY);
    private final DigestSignature ours =
            new DigestSignature(KEY, PretendJdpay.MERCHANT_KEYS.getPublic());

    @ParameterizedTest
    @CsvSource({
        "1, e5a6c3761ab9ddaf",
        "CNY, ac7132c57f10d3ce",
        "20170718101010, d9668085c69c2ecb73421627b78590400135be4ad908a2a7"
    })
    void values_are_encrypted_as_jds_own_library_does(String value, String hex) {
        assertThat(cipher.encrypt(value)).isEqualTo(hex);
        assertThat(cipher.decrypt(hex)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Mānuka 蜂蜜 🍯", "a\nb\tc", "12345678901"})
    void every_text_survives(String text) {
        assertThat(cipher.decrypt(cipher.encrypt(text))).isEqualTo(text);
        assertThat(PretendJdpay.decrypt(cipher.encrypt(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "e", "e5a6", "e5a6c3761ab9ddag", "e5a6c3761ab9ddafe5", "zz"})
    void what_is_no_ciphertext_is_refused(String hex) {
        assertThat(cipher.decrypt(hex)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5, 16_385, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void a_length_that_lies_is_refused(int length) throws Exception {
        var block =
                ByteBuffer.allocate(8)
                        .putInt(length)
                        .put("abcd".getBytes(StandardCharsets.US_ASCII));

        assertThat(cipher.decrypt(HexFormat.of().formatHex(encrypted(block.array())))).isNull();
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() throws Exception {
        var block = ByteBuffer.allocate(8).putInt(2).put((byte) 0xc3).put((byte) 0x28);

        assertThat(cipher.decrypt(HexFormat.of().formatHex(encrypted(block.array())))).isNull();
    }

    @SuppressWarnings("InsecureCryptoUsage")
    private static byte[] encrypted(byte[] block) throws Exception {
        var des = Cipher.getInstance("DESede/ECB/NoPadding");
        des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(PretendJdpay.DES_KEY, "DESede"));
        return des.doFinal(block);
    }

    /** Block type 1, worked out by hand: 00 01 FF … FF 00 and the 64 characters, no DigestInfo. */
    @Test
    void the_signature_is_rsa_over_the_digests_hex_and_nothing_else() {
        var block = new byte[256];
        Arrays.fill(block, (byte) 0xff);
        block[0] = 0;
        block[1] = 1;
        var digest = PretendJdpay.digest("a=1&b=2");
        System.arraycopy(digest, 0, block, 256 - digest.length, digest.length);
        block[256 - digest.length - 1] = 0;
        var signed = new BigInteger(1, block).modPow(KEY.getPrivateExponent(), KEY.getModulus());

        var signature = Base64.getDecoder().decode(ours.sign("a=1&b=2"));

        assertThat(new BigInteger(1, signature)).isEqualTo(signed);
        assertThat(signature).isEqualTo(PretendJdpay.rsa(Cipher.ENCRYPT_MODE, KEY, digest));
    }

    @Test
    void it_is_what_none_with_rsa_signs_and_not_what_sha_256_with_rsa_signs() throws Exception {
        var raw = Signature.getInstance("NONEwithRSA");
        raw.initSign(KEY);
        raw.update(PretendJdpay.digest("a=1&b=2"));
        var usual = Signature.getInstance("SHA256withRSA");
        usual.initSign(KEY);
        usual.update("a=1&b=2".getBytes(StandardCharsets.UTF_8));

        var signature = Base64.getDecoder().decode(ours.sign("a=1&b=2"));

        assertThat(signature).isEqualTo(raw.sign()).isNotEqualTo(usual.sign());
    }

    @Test
    void a_signature_is_its_texts_and_its_keys_alone() throws Exception {
        var sign = ours.sign("a=1");
        var usual = Signature.getInstance("SHA256withRSA");
        usual.initSign(KEY);
        usual.update("a=1".getBytes(StandardCharsets.UTF_8));

        assertThat(ours.isGenuine("a=1", sign)).isTrue();
        assertThat(ours.isGenuine("a=1", sign.replaceAll("(.{76})", "$1\r\n"))).isTrue();
        assertThat(ours.isGenuine("a=2", sign)).isFalse();
        assertThat(ours.isGenuine("a=1", PretendJdpay.sign("a=1"))).isFalse();
        assertThat(ours.isGenuine("a=1", Base64.getEncoder().encodeToString(usual.sign())))
                .isFalse();
        assertThat(ours.isGenuine("a=1", "")).isFalse();
        assertThat(ours.isGenuine("a=1", "not base64!")).isFalse();
        assertThat(ours.isGenuine("a=1", "AAAA")).isFalse();
    }
}
