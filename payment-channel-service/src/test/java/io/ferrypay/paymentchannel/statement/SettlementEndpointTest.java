package io.ferrypay.paymentchannel.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.Settlement;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementQuery;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements.SettlementsAnswer;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementEndpointTest extends RunningServiceTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final String GOOD =
            "?sub_merchant_id=1900000109&state=settled&from=2026-11-24&until=2026-11-30";

    @Test
    void batches_are_passed_on() {
        channel.settles(
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
                                        null))));

        var answer = ask(FakeChannel.ACCOUNT, GOOD);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var batch = JSON.readTree(answer.body()).path("settlements").path(0);
        assertThat(batch.path("batch").asString()).isEqualTo("B1");
        assertThat(batch.path("settled_on").asString()).isEqualTo("2026-11-25");
        assertThat(batch.path("trades_from").asString()).isEqualTo("2026-11-24");
        assertThat(batch.path("net").asLong()).isEqualTo(11_700);
        assertThat(batch.path("unsettled").isNull()).isTrue();
        assertThat(channel.lastSettlementQuery())
                .isEqualTo(new SettlementQuery("1900000109", true, DAY, DAY.plusDays(6)));
        ask(FakeChannel.ACCOUNT, GOOD.replace("=settled", "=unsettled"));
        assertThat(channel.lastSettlementQuery().settled()).isFalse();
    }

    @Test
    void what_is_not_told_is_a_problem() {
        channel.settles(new SettlementsAnswer.Refused("PARAM_ERROR"));
        var refused = ask(FakeChannel.ACCOUNT, GOOD);
        channel.settles(new SettlementsAnswer.Unknown("HTTP 500"));
        var unknown = ask(FakeChannel.ACCOUNT, GOOD);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(codeOf(refused)).isEqualTo("settlements_refused");
        assertThat(unknown.statusCode()).isEqualTo(502);
        assertThat(codeOf(unknown)).isEqualTo("settlements_unavailable");
        assertThat(ask("nobody", GOOD).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?sub_merchant_id=1&state=all&from=2026-11-24&until=2026-11-30",
                "?sub_merchant_id=a%26b&state=settled&from=2026-11-24&until=2026-11-30",
                "?sub_merchant_id=1&state=settled&from=20261124&until=2026-11-30",
                "?sub_merchant_id=1&state=settled&from=2026-11-24&until=2026-11-23"
            })
    void what_makes_no_sense_is_refused(String query) {
        assertThat(ask(FakeChannel.ACCOUNT, query).statusCode()).isEqualTo(400);
    }

    @Test
    void merchants_and_strangers_get_none() {
        var path = "/internal/channel-accounts/fake-test/settlements" + GOOD;

        assertThat(send(request(path, token()), "GET", "").statusCode()).isEqualTo(403);
        assertThat(send(request(path, null), "GET", "").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> ask(String account, String query) {
        return send(
                request(
                        "/internal/channel-accounts/" + account + "/settlements" + query,
                        TestTokens.service("job-service")),
                "GET",
                "");
    }
}
