package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ProvidesRates.ChannelRate;
import io.ferrypay.paymentchannel.channel.ProvidesRates.RatesAnswer;
import io.ferrypay.xml.Xml;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {

    /** 11:00 in Beijing. */
    private static final Instant LATE = Instant.parse("2026-11-25T03:00:00Z");

    private static final Instant EARLY = Instant.parse("2026-11-25T01:59:59Z");
    private static final V2Signature SIGNATURE =
            new V2Signature(PretendWechat.V2_KEY, V2Signature.Kind.MD5);

    @TempDir Path files;
    private PretendWechat wechat;

    @BeforeEach
    void open() throws IOException {
        wechat = new PretendWechat(files);
    }

    @AfterEach
    void close() {
        wechat.close();
    }

    @Test
    void a_rate_is_asked_for_in_the_older_way() throws Exception {
        wechat.answers.add(xml(known("NZD", "464500000")));

        var answer = rates(LATE, "NZD");

        assertThat(answer)
                .isEqualTo(
                        new RatesAnswer.Known(
                                List.of(
                                        new ChannelRate(
                                                "NZD",
                                                new BigDecimal("4.64500000"),
                                                Instant.parse("2026-11-25T02:00:00Z")))));
        var asked = wechat.asked.take();
        assertThat(asked.getTarget()).isEqualTo("/pay/queryexchagerate");
        var fields = Xml.fields(asked.getBody().toByteArray()).orElseThrow();
        assertThat(fields)
                .containsOnlyKeys("appid", "mch_id", "fee_type", "date", "sign")
                .containsEntry("date", "20261125");
        assertThat(SIGNATURE.fits(fields)).isTrue();
    }

    @Test
    void currencies_wechat_has_no_rate_for_are_left_out() {
        wechat.answers.add(xml(known("JPY", "4731200")));
        wechat.answers.add(xml(fail()));

        assertThat(rates(LATE, "JPY", "XYZ"))
                .isInstanceOfSatisfying(
                        RatesAnswer.Known.class,
                        known ->
                                assertThat(known.rates())
                                        .extracting(ChannelRate::currency)
                                        .containsExactly("JPY"));
    }

    @Test
    void before_ten_in_beijing_there_may_be_no_rate_yet() {
        wechat.answers.add(xml(fail()));
        wechat.answers.add(xml(fail()));

        assertThat(rates(EARLY, "NZD")).isEqualTo(new RatesAnswer.NotYet());
        assertThat(rates(LATE, "NZD")).isInstanceOf(RatesAnswer.Unknown.class);
    }

    @Test
    void an_answer_that_is_not_signed_or_not_the_answer_is_not_believed() {
        var forged = known("NZD", "464500000");
        forged.put("rate", "999900000");
        wechat.answers.add(xml(forged));
        var unsigned = known("NZD", "464500000");
        unsigned.remove("sign");
        wechat.answers.add(xml(unsigned));
        wechat.answers.add(xml(known("USD", "711050000")));
        var yesterday = known("NZD", "464500000");
        yesterday.put("rate_time", "20261124");
        yesterday.put("sign", SIGNATURE.of(yesterday));
        wechat.answers.add(xml(yesterday));
        wechat.answers.add(xml(known("NZD", "4.645")));
        wechat.answers.add(xml(known("NZD", "0")));
        wechat.answers.add(xml(known("NZD", "-1")));
        wechat.answers.add(xml(known("NZD", "9".repeat(40))));

        for (int i = 0; i < 8; i++) {
            assertThat(rates(LATE, "NZD")).isInstanceOf(RatesAnswer.Unknown.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><return_code>&a;</return_code></xml>",
                "<!DOCTYPE xml><xml><return_code>SUCCESS</return_code></xml>",
                "<xml><return_code>SUCCESS</return_code><return_code>FAIL</return_code></xml>",
                "<xml><return_code><b>SUCCESS</b></return_code></xml>",
                "<xml>",
                "{}",
                "",
            })
    void hostile_xml_is_no_answer(String xml) {
        wechat.answers.add(raw(xml));

        assertThat(rates(EARLY, "NZD")).isInstanceOf(RatesAnswer.Unknown.class);
    }

    @Test
    void silence_is_no_answer() {
        wechat.answers.add(
                xml(known("NZD", "464500000"))
                        .newBuilder()
                        .headersDelay(5, TimeUnit.SECONDS)
                        .build());
        wechat.answers.add(PretendWechat.html(502));

        assertThat(rates(LATE, "NZD")).isInstanceOf(RatesAnswer.Unknown.class);
        assertThat(rates(EARLY, "NZD")).isInstanceOf(RatesAnswer.Unknown.class);
    }

    private RatesAnswer rates(Instant now, String... currencies) {
        return wechat.open(Clock.fixed(now, ZoneOffset.UTC)).rates().of(Set.of(currencies));
    }

    private static Map<String, String> known(String currency, String rate) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("return_code", "SUCCESS");
        fields.put("return_msg", "OK");
        fields.put("appid", PretendWechat.SP_APPID);
        fields.put("mch_id", PretendWechat.SP_MCHID);
        fields.put("fee_type", currency);
        fields.put("rate_time", "20261125");
        fields.put("rate", rate);
        fields.put("sign", SIGNATURE.of(fields));
        return fields;
    }

    private static Map<String, String> fail() {
        return Map.of("return_code", "FAIL", "return_msg", "汇率不存在");
    }

    private static MockResponse xml(Map<String, String> fields) {
        var xml = new StringBuilder("<xml>");
        fields.forEach((name, value) ->
                xml.append("<%s><![CDATA[%s]]></%s>".formatted(name, value, name)));
        return raw(xml.append("</xml>").toString());
    }

    private static MockResponse raw(String xml) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/xml")
                .body(new okio.Buffer().write(xml.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
