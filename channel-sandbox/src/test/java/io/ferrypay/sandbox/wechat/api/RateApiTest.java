package io.ferrypay.sandbox.wechat.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.sandbox.wechat.WireTest;
import io.ferrypay.sandbox.wechat.wire.FlatXml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class RateApiTest extends WireTest {

    private final String yesterday =
            DateTimeFormatter.BASIC_ISO_DATE.format(
                    LocalDate.ofInstant(Instant.now(), ZoneOffset.ofHours(8)).minusDays(1));

    @Test
    void a_rate_is_told_and_signed() throws Exception {
        var answer = ask(question());

        assertThat(answer)
                .containsEntry("return_code", "SUCCESS")
                .containsEntry("fee_type", "NZD")
                .containsEntry("rate_time", yesterday)
                .containsEntry("rate", "464500000");
        assertThat(answer.get("sign")).isEqualTo(sign(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "appid, wx0000000000000000",
        "mch_id, 1900000101",
        "fee_type, XYZ",
        "fee_type, CNY",
        "date, 20991231",
        "date, yesterday",
    })
    void what_has_no_rate_fails(String name, String value) throws Exception {
        var question = question();
        question.put(name, value);
        question.put("sign", sign(question));

        assertThat(ask(question)).containsEntry("return_code", "FAIL").doesNotContainKey("rate");
    }

    @Test
    void a_wrong_signature_fails() throws Exception {
        var question = question();
        question.put("sign", "0".repeat(32));

        assertThat(ask(question)).containsEntry("return_code", "FAIL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><a>&a;</a></xml>"})
    void hostile_xml_fails(String xml) throws Exception {
        assertThat(FlatXml.read(post(xml.getBytes(StandardCharsets.UTF_8))))
                .containsEntry("return_code", "FAIL");
    }

    private Map<String, String> question() throws Exception {
        var question = new TreeMap<String, String>();
        question.put("appid", "wx8888888888888888");
        question.put("mch_id", "1900000100");
        question.put("fee_type", "NZD");
        question.put("date", yesterday);
        question.put("sign", sign(question));
        return question;
    }

    private Map<String, String> ask(Map<String, String> question) throws Exception {
        return FlatXml.read(post(FlatXml.write(question)));
    }

    private byte[] post(byte[] xml) {
        return control.post()
                .uri("/pay/queryexchagerate")
                .contentType(MediaType.TEXT_XML)
                .body(xml)
                .retrieve()
                .body(byte[].class);
    }

    /** By hand, so that the sandbox does not judge itself. */
    private static String sign(Map<String, String> fields) throws Exception {
        var text = new StringBuilder();
        for (var field : new TreeMap<>(fields).entrySet()) {
            if (!field.getKey().equals("sign")) {
                text.append(field.getKey()).append('=').append(field.getValue()).append('&');
            }
        }
        text.append("key=").append(Files.readString(KEYS.resolve("v2-key.txt")).strip());
        return HexFormat.of()
                .withUpperCase()
                .formatHex(
                        MessageDigest.getInstance("MD5")
                                .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
