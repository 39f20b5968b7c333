package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.html;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ProvidesSettlements.Settlement;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementQuery;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementsAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final SettlementQuery QUERY =
            new SettlementQuery("1900000109", true, DAY, DAY.plusDays(6));

    @TempDir Path files;
    private PretendWechat wechat;
    private WechatChannel channel;

    @BeforeEach
    void open() throws IOException {
        wechat = new PretendWechat(files);
        channel = channel(wechat.openPatiently());
    }

    @AfterEach
    void close() {
        wechat.close();
    }

    @Test
    void a_batch_is_passed_on_as_wechat_tells_it() throws Exception {
        wechat.answers.add(signed(200, page(1, batch("B1"))));

        assertThat(ask(QUERY))
                .isEqualTo(
                        new SettlementsAnswer.Known(
                                List.of(
                                        new Settlement(
                                                "B1",
                                                DAY.plusDays(1),
                                                DAY,
                                                DAY,
                                                "NZD",
                                                12_000L,
                                                300L,
                                                11_700L,
                                                240L,
                                                11_460L,
                                                0L))));
        assertThat(wechat.asked.take().getTarget())
                .isEqualTo(
                        "/v3/global/settle/settlements?sp_mchid=1900000100&sub_mchid=1900000109"
                                + "&settle_state=SETTLED&settle_start_date=20261124"
                                + "&settle_end_date=20261130&offset=0&limit=30");
    }

    @Test
    void pages_are_read_to_the_last() throws Exception {
        wechat.answers.add(signed(200, page(31, batches(30))));
        wechat.answers.add(signed(200, page(31, batch("LAST"))));

        var answer = ask(new SettlementQuery("1900000109", false, DAY, DAY));

        assertThat(((SettlementsAnswer.Known) answer).settlements())
                .hasSize(31)
                .last()
                .extracting(Settlement::batch)
                .isEqualTo("LAST");
        assertThat(wechat.asked.take().getTarget())
                .contains("settle_state=UNSETTLE&", "&offset=0&");
        assertThat(wechat.asked.take().getTarget()).contains("&offset=30&");
    }

    @Test
    void no_batches_are_an_answer_and_missing_ones_are_not() {
        wechat.answers.add(signed(200, "{\"data\":[],\"total_count\":0}"));
        wechat.answers.add(signed(200, "{\"total_count\":0}"));
        wechat.answers.add(signed(200, page(2, batch("B1"))));
        wechat.answers.add(signed(200, page(2, "")));

        assertThat(ask(QUERY)).isEqualTo(new SettlementsAnswer.Known(List.of()));
        assertThat(ask(QUERY)).isEqualTo(new SettlementsAnswer.Known(List.of()));
        assertThat(ask(QUERY)).isInstanceOf(SettlementsAnswer.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "\"total_count\":1; \"total\":1",
                "\"currency\":\"NZD\"; \"x\":1",
                "\"pay\":12000; \"pay\":120.5",
                "20261125; 25.11.2026",
                "\"amount\"; \"sum\""
            })
    void what_cannot_be_read_is_not_guessed(String part, String instead) {
        wechat.answers.add(signed(200, page(1, batch("B1")).replace(part, instead)));

        assertThat(ask(QUERY)).isInstanceOf(SettlementsAnswer.Unknown.class);
    }

    @Test
    void troubles_are_told_apart_and_leave_payments_alone() {
        wechat.answers.add(error(400, "PARAM_ERROR"));
        wechat.answers.add(error(403, "NO_AUTH"));
        wechat.answers.add(html(502));

        assertThat(ask(QUERY)).isEqualTo(new SettlementsAnswer.Refused("PARAM_ERROR"));
        assertThat(ask(QUERY)).isEqualTo(new SettlementsAnswer.Unknown("NO_AUTH"));
        assertThat(ask(QUERY)).isInstanceOf(SettlementsAnswer.Unknown.class);
    }

    private SettlementsAnswer ask(SettlementQuery query) {
        return channel.settlements("wechat_test", query);
    }

    private static String page(int total, String batches) {
        return "{\"data\":[%s],\"total_count\":%d,\"offset\":0,\"limit\":30}"
                .formatted(batches, total);
    }

    private static String batches(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> batch("B" + i))
                .collect(Collectors.joining(","));
    }

    private static String batch(String id) {
        return """
        {"batch_id":"%s","settlement_date":"20261125","trade_start_date":"20261124","trade_end_date":"20261124",
         "amount":{"settled":11460,"unsettle":0,"currency":"NZD","pay":12000,"refund":300,"net":11700,"fee":240},
         "wallet_region":"CHINA_MAINLAND"}\
        """
                .formatted(id);
    }
}
