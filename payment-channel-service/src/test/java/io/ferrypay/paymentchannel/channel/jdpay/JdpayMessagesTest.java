package io.ferrypay.paymentchannel.channel.jdpay;

import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.MERCHANT;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.inner;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.sealed;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.sign;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.signedLast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ferrypay.paymentchannel.channel.jdpay.JdpayMessages.Doubt;
import io.ferrypay.paymentchannel.channel.jdpay.JdpayMessages.Opened;
import io.ferrypay.xml.Xml;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdpayMessagesTest {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private final JdpayMessages messages =
            new JdpayMessages(
                    MERCHANT,
                    new FieldCipher(PretendJdpay.DES_KEY),
                    new DigestSignature(
                            PretendJdpay.MERCHANT_KEYS.getPrivate(),
                            PretendJdpay.JD_KEYS.getPublic()));

    @Test
    void a_form_is_signed_in_plaintext_sorted_and_without_what_is_blank() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("tradeNum", "T1");
        fields.put("note", "  ");
        fields.put("amount", "1");
        fields.put("callbackUrl", "https://pay.example/x?a=1&b=2");

        var form = messages.form(fields);

        assertThat(form)
                .containsEntry("version", "V2.0")
                .containsEntry("merchant", MERCHANT)
                .containsEntry("amount", "e5a6c3761ab9ddaf")
                .doesNotContainKey("note");
        assertThat(
                        PretendJdpay.isMerchants(
                                "amount=1&callbackUrl=https://pay.example/x?a=1&b=2&merchant="
                                        + MERCHANT
                                        + "&tradeNum=T1&version=V2.0",
                                form.getOrDefault("sign", "")))
                .isTrue();
    }

    @Test
    void a_request_keeps_its_order_and_ends_in_its_signature() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("tradeNum", "Z");
        fields.put("amount", "1");
        fields.put("note", "");

        var envelope = messages.request(fields);

        assertThat(envelope)
                .startsWith(
                        HEAD
                                + "<jdpay><version>V2.0</version><merchant>"
                                + MERCHANT
                                + "</merchant><encrypt>")
                .endsWith("</encrypt></jdpay>");
        var hex =
                new String(
                        java.util.Base64.getDecoder()
                                .decode(envelope.replaceAll(".*<encrypt>|</encrypt>.*", "")),
                        java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(hex).matches("[0-9a-f]+");
        assertThat(PretendJdpay.decrypt(hex))
                .startsWith(
                        HEAD
                                + "<jdpay><version>V2.0</version><merchant>"
                                + MERCHANT
                                + "</merchant><tradeNum>Z</tradeNum><amount>1</amount><note></note><sign>")
                .endsWith("</sign></jdpay>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a<b", "a>b", "a&b", "a\"b", "a'b", "a\nb", "a\0b"})
    void nothing_that_needs_an_escape_is_ever_signed(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> messages.request(Map.of("note", value)));
    }

    @Test
    void an_answer_and_a_notification_are_opened_wherever_their_signature_stands() {
        var answer = messages.open(sealed(signedLast(HEAD, "<tradeNum>T1</tradeNum>")));
        var notification = messages.open(PretendJdpay.paidNotification());

        assertThat(answer).isInstanceOf(Opened.Genuine.class);
        assertThat(notification)
                .isInstanceOfSatisfying(
                        Opened.Genuine.class,
                        genuine -> {
                            assertThat(Xml.text(genuine.root(), "status")).isEqualTo("2");
                            assertThat(genuine.signedText())
                                    .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\" ?>")
                                    .doesNotContain("<sign");
                        });
    }

    @Test
    void a_signature_covers_every_byte_of_the_text() {
        var text = signedLast(HEAD, "<tradeNum>T1</tradeNum><note></note>");

        assertThat(messages.open(sealed(text))).isInstanceOf(Opened.Genuine.class);
        assertThat(messages.open(sealed(text.replace("<note></note>", "<note/>"))))
                .isEqualTo(new Opened.Doubtful(Doubt.BAD_SIGNATURE));
        assertThat(messages.open(sealed(text.replace("UTF-8\"?>", "UTF-8\" ?>"))))
                .isEqualTo(new Opened.Doubtful(Doubt.BAD_SIGNATURE));
        assertThat(messages.open(sealed(text.replace("><", "> <"))))
                .isEqualTo(new Opened.Doubtful(Doubt.BAD_SIGNATURE));
    }

    @Test
    void the_one_unsigned_part_holds_nothing_but_a_signature() {
        var content = "<tradeNum>T1</tradeNum>";
        var good = sign(inner(HEAD, content, "", ""));
        var smuggled = inner(HEAD, content, "<sign>" + good + "<status>2</status></sign>", "");
        var twice = inner(HEAD, content, "<sign>" + good + "</sign>", "<sign>AAAA</sign>");
        var withAttribute = inner(HEAD, content, "<sign x=\"1\">" + good + "</sign>", "");

        for (var text :
                new String[] {smuggled, twice, withAttribute, inner(HEAD, content, "", "")}) {
            assertThat(messages.open(sealed(text)))
                    .isEqualTo(new Opened.Doubtful(Doubt.BAD_SIGNATURE));
        }
    }

    @Test
    void somebody_elses_message_is_not_ours_outside_or_inside() {
        var outside = sealed(signedLast(HEAD, "")).replace(MERCHANT, "110148035006");
        var foreign = signedLast(HEAD, "").replaceAll("<sign>.*</sign>", "").replace(MERCHANT, "1");
        var inside = foreign.replace("</jdpay>", "<sign>" + sign(foreign) + "</sign></jdpay>");

        assertThat(messages.open(outside)).isEqualTo(new Opened.Doubtful(Doubt.WRONG_MERCHANT));
        assertThat(messages.open(sealed(inside)))
                .isEqualTo(new Opened.Doubtful(Doubt.WRONG_MERCHANT));
    }

    @Test
    void a_failure_is_a_failure_signed_or_not() {
        var signed = signedLast(HEAD, "").replaceAll("<sign>.*</sign>", "").replace("000000", "X1");

        assertThat(messages.open(PretendJdpay.failure("S<!-- -->1")))
                .isEqualTo(new Opened.Failure("S1", false));
        assertThat(
                        messages.open(
                                sealed(
                                        signed.replace(
                                                "</jdpay>",
                                                "<sign>" + sign(signed) + "</sign></jdpay>"))))
                .isEqualTo(new Opened.Failure("X1", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "success",
                "<html><body>502</body></html>",
                "<jdpay><result><code>000000</code></result>",
                "<jdpay></jdpay>",
                "<jdpay><result><code>1</code></result><result><code>000000</code></result></jdpay>",
                "<!DOCTYPE jdpay [<!ENTITY x SYSTEM"
                        + " \"file:///etc/passwd\">]><jdpay><result><code>&x;</code></result></jdpay>",
                "<!DOCTYPE jdpay><jdpay><result><code>000000</code></result></jdpay>"
            })
    void what_is_no_envelope_is_not_read(String text) {
        assertThat(messages.open(text)).isEqualTo(new Opened.Doubtful(Doubt.UNREADABLE));
    }

    @Test
    void entities_are_refused_even_in_what_is_signed() {
        var text =
                "<!DOCTYPE jdpay [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + "<jdpay><merchant>"
                        + MERCHANT
                        + "</merchant><note>&x;</note></jdpay>";
        var signed = text.replace("</jdpay>", "<sign>" + sign(text) + "</sign></jdpay>");

        assertThat(messages.open(sealed(signed))).isEqualTo(new Opened.Doubtful(Doubt.UNREADABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "AAAA", "NTVhYQ=="})
    void what_was_not_encrypted_for_us_is_not_decrypted(String encrypt) {
        var envelope =
                sealed("x")
                        .replaceAll("<encrypt>.*</encrypt>", "<encrypt>" + encrypt + "</encrypt>");

        assertThat(messages.open(envelope)).isEqualTo(new Opened.Doubtful(Doubt.UNDECRYPTABLE));
    }

    @Test
    void a_form_of_jds_is_opened_even_when_its_plus_signs_became_blanks() {
        var plain =
                Map.of(
                        "tradeNum",
                        "T1",
                        "amount",
                        "1",
                        "currency",
                        "CNY",
                        "note",
                        "",
                        "status",
                        "0",
                        "tradeTime",
                        "20170718101010");
        var form = new TreeMap<>(PretendJdpay.sealedForm(plain));
        var sign = form.get("sign");
        form.put(
                "sign",
                sign.substring(0, 76).replace('+', ' ')
                        + "\r\n"
                        + sign.substring(76).replace('+', ' '));

        assertThat(messages.openForm(form))
                .containsEntry("tradeNum", "T1")
                .doesNotContainKey("note");
    }

    @Test
    void a_form_that_is_not_jds_is_not_opened() {
        var form = PretendJdpay.sealedForm(Map.of("tradeNum", "T1", "amount", "1"));
        var more = new TreeMap<>(form);
        more.put("status", PretendJdpay.encrypt("0"));
        var other = new TreeMap<>(form);
        other.put("tradeNum", PretendJdpay.encrypt("T2"));
        var clear = new TreeMap<>(form);
        clear.put("tradeNum", "T1");
        var unsigned = new TreeMap<>(form);
        unsigned.remove("sign");

        assertThat(messages.openForm(form)).isNotNull();
        assertThat(messages.openForm(more)).isNull();
        assertThat(messages.openForm(other)).isNull();
        assertThat(messages.openForm(clear)).isNull();
        assertThat(messages.openForm(unsigned)).isNull();
    }
}
