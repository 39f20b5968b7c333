package io.ferrypay.paymentchannel.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

class BanksTest extends RunningServiceTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort private int listening;
    @Autowired private Banks banks;

    @BeforeEach
    void nothing_is_known_of_limits() {
        jdbc.sql("truncate bank_limit").update();
    }

    @Test
    void there_are_nineteen_and_of_none_a_limit_is_known() {
        assertThat(banks.all()).hasSize(19).allMatch(bank -> bank.limits().isEmpty());
        assertThat(banks.all().getFirst().nameZh()).isEqualTo("招商银行");
        assertThat(banks.all().getLast().nameEn()).isEqualTo("Bank of Shanghai");
    }

    @ParameterizedTest
    @CsvSource({
        "icbc, ICBC", "工商, ICBC", "gongshang, ICBC", "gong shang, ICBC", "gsyh, ICBC",
        "minsheng, CMBC", "everbright, CEB", "PSBC, PSBC", "邮政, PSBC", "yzcx, PSBC"
    })
    void a_bank_is_found_however_it_is_typed(String typed, String code) {
        assertThat(banks.search(typed)).extracting(Bank::code).containsExactly(code);
    }

    @Test
    void searching_for_nothing_finds_all_and_for_nonsense_none() {
        assertThat(banks.search("")).hasSize(19);
        assertThat(banks.search("xyzzy")).isEmpty();
        assertThat(banks.search("a".repeat(10_000))).isEmpty();
        assertThat(banks.search("北京")).extracting(Bank::code).containsExactly("BOB", "BRCB");
    }

    @Test
    void operators_set_limits_and_every_setting_is_kept() throws Exception {
        var set =
                put(
                        "CCB",
                        """
                        {"recorded_by":"lina","limits":[{"tool":"sms","single":"5000.00","daily":"5000.00","source":"bank's site"},
                         {"tool":"usb_key","single":"500000.00","daily":null,"source":"bank's site"}]}\
                        """);
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        assertThat(find("CCB").limits())
                .extracting(limit -> limit.tool() + " " + limit.single() + " " + limit.daily())
                .containsExactly("SMS 5000.00 CNY 5000.00 CNY", "USB_KEY 500000.00 CNY null");

        put(
                "CCB",
                """
                {"recorded_by":"lina","limits":[{"tool":"any","source":"withdrawn"}]}\
                """);

        assertThat(find("CCB").limits()).isEmpty();
        var history = call("GET", "/internal/banks/CCB/limits", "").body();
        assertThat(history)
                .contains("job-service/lina")
                .contains("5000.00")
                .contains("withdrawn")
                .contains("\"tool\":\"usb_key\"");
        assertThat(find("ICBC").limits()).isEmpty();
        assertThat(call("GET", "/internal/banks?search=gsyh", "").body())
                .contains("工商银行")
                .doesNotContain("招商银行");
    }

    @Test
    void limits_of_tomorrow_do_not_hold_today() throws Exception {
        put("BOC", one("any", "1.00", "2.00", Instant.now().minus(Duration.ofHours(1)).toString()));
        put("BOC", one("any", "3.00", "4.00", Instant.now().plus(Duration.ofDays(1)).toString()));

        assertThat(find("BOC").limits())
                .extracting(limit -> String.valueOf(limit.single()))
                .containsExactly("1.00 CNY");
    }

    @Test
    void the_past_is_not_rewritten() throws Exception {
        put("BOC", one("any", "1.00", "2.00", Instant.now().toString()));

        var again =
                put("BOC", one("any", "9.00", "9.00", Instant.now().minusSeconds(60).toString()));

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("limits_not_the_latest");
        assertThat(find("BOC").limits()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"recorded_by\":\"l\",\"limits\":[]}",
                "{\"limits\":[{\"tool\":\"any\",\"source\":\"s\"}]}",
                "{\"recorded_by\":\"l\",\"limits\":[{\"tool\":\"magic\",\"source\":\"s\"}]}",
                "{\"recorded_by\":\"l\",\"limits\":[{\"tool\":\"any\"}]}",
                "{\"recorded_by\":\"l\",\"limits\":[{\"tool\":\"any\",\"source\":\"s\",\"single\":\"0.00\"}]}",
                "{\"recorded_by\":\"l\",\"limits\":[{\"tool\":\"any\",\"source\":\"s\",\"single\":\"-1.00\"}]}",
                "{\"recorded_by\":\"l\",\"limits\":[{\"tool\":\"any\",\"source\":\"s\",\"single\":5000}]}",
                "{\"recorded_by\":\"l\",\"limits\":[{\"tool\":\"any\",\"source\":\"s\",\"single\":\"2.00\",\"daily\":\"1.00\"}]}",
                "{\"recorded_by\":\"l\",\"limits\":[{\"tool\":\"any\",\"source\":\"s\"},{\"tool\":\"any\",\"source\":\"s\"}]}",
                "{\"recorded_by\":\"l\",\"valid_from\":\"tomorrow\",\"limits\":[{\"tool\":\"any\",\"source\":\"s\"}]}",
                "{\"recorded_by\":\"l\",\"valid_from\":\"2999-01-01T00:00:00Z\",\"limits\":[{\"tool\":\"any\",\"source\":\"s\"}]}",
                "{\"recorded_by\":\"l\",\"limits\":[null]}",
                "[]",
                "null",
                "not json"
            })
    void what_makes_no_sense_is_refused_and_changes_nothing(String body) throws Exception {
        var answer = put("CCB", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(jdbc.sql("select count(*) from bank_limit").query(Long.class).single()).isZero();
    }

    @Test
    void a_bank_that_is_not_on_the_list_is_not_found() throws Exception {
        assertThat(put("NBCB", one("any", "1.00", "2.00", Instant.now().toString())).statusCode())
                .isEqualTo(404);
        assertThat(call("GET", "/internal/banks/NBCB/limits", "").statusCode()).isEqualTo(404);
    }

    @Test
    void only_services_of_ours_get_in() throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + listening + "/internal/banks"))
                        .header(
                                "Authorization",
                                "Bearer "
                                        + TestTokens.merchant(
                                                merchant, "test", List.of("payments:read")))
                        .GET()
                        .build();

        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isIn(401, 403);
    }

    private Bank find(String code) {
        return banks.find(code).orElseThrow();
    }

    private static String one(String tool, String single, String daily, String from) {
        return """
        {"recorded_by":"lina","valid_from":"%s","limits":[{"tool":"%s","single":"%s","daily":"%s","source":"s"}]}\
        """
                .formatted(from, tool, single, daily);
    }

    private HttpResponse<String> put(String code, String body)
            throws IOException, InterruptedException {
        return call("PUT", "/internal/banks/" + code + "/limits", body);
    }

    private HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listening + path))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + TestTokens.service("job-service"))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
