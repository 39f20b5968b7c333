package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What services and staff read. */
class LedgerApiTest extends LedgerTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void strangers_see_nothing() throws Exception {
        var answer =
                client.send(
                        HttpRequest.newBuilder(uri("/trial-balance?book=test")).build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void a_trial_balance_has_equal_debits_and_credits_in_each_currency() throws Exception {
        happen(paid("jdpay", "120.00 NZD", "557.40 CNY"), paid("wechat", "5.00 AUD", "5.00 AUD"));

        var balance = get("/trial-balance?book=test");

        assertThat(balance.path("totals").valueStream())
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(total -> total.path("balanced").asBoolean());
        assertThat(balance.path("lines").valueStream())
                .anyMatch(line ->
                        line.path("type").asString().equals("merchant-payable")
                                && line.path("side").asString().equals("liability")
                                && line.path("currency").asString().equals("AUD")
                                && line.path("balance").asString().startsWith("-"));
    }

    @Test
    void an_account_shows_its_balance() throws Exception {
        happen(paid("wechat", "120.00 NZD", "120.00 NZD"));

        var account = account();

        assertThat(account.path("path").asString()).isEqualTo("merchant-payable/" + merchant);
        assertThat(account.path("balance").asString()).isEqualTo("-120.00");
        assertThat(get("/accounts?book=live&type=merchant-payable&owner=" + merchant).path("data"))
                .isEmpty();
    }

    @Test
    void accounts_are_read_page_by_page() throws Exception {
        happen(
                paid("wechat", "1.00 NZD", "1.00 NZD"),
                paid("wechat", "1.00 AUD", "1.00 AUD"),
                paid("wechat", "1.00 SGD", "1.00 SGD"));
        var path = "/accounts?book=test&type=merchant-payable&limit=2&owner=" + merchant;

        var first = get(path);
        var second = get(path + "&cursor=" + first.path("next").asString());

        assertThat(first.path("data")).hasSize(2);
        assertThat(second.path("data")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void journals_are_found_by_payment_and_account_newest_first() throws Exception {
        var paid = paid("wechat", "120.00 NZD", "120.00 NZD");
        happen(paid);
        happen(refunded(paid.subject(), merchant, "requested", "wechat", "20.00 NZD", "20.00 NZD"));

        var found = get("/journals?book=test&payment=" + paid.subject()).path("data");

        assertThat(found.valueStream().map(journal -> journal.path("kind").asString()))
                .containsExactly("refund", "payment");
        assertThat(found.get(1).path("entries").get(0).path("amount").asString())
                .isEqualTo("120.00");
        assertThat(found.get(1).path("event_id").asString()).isEqualTo(paid.id());
        var account = account().path("id").asString();
        var page = get("/journals?book=test&limit=1&account=" + account);
        assertThat(page.path("data").get(0)).isEqualTo(found.get(0));
        var next =
                get(
                        "/journals?book=test&limit=1&account="
                                + account
                                + "&cursor="
                                + page.path("next").asString());
        assertThat(next.path("data").get(0)).isEqualTo(found.get(1));
        assertThat(next.path("next").isNull()).isTrue();
    }

    @Test
    void a_statement_opens_where_the_one_before_closed() throws Exception {
        happen(paid("wechat", "100.00 NZD", "100.00 NZD"));
        var middle = lastPosted().plusNanos(1_000);
        happen(paid("wechat", "20.00 NZD", "20.00 NZD"));
        happen(paid("wechat", "3.00 NZD", "3.00 NZD"));
        var id = account().path("id").asString();

        var first = get(statement(id, "", "2026-01-01T00:00:00Z", middle.toString()));
        var second = get(statement(id, "", middle.toString(), "2100-01-01T00:00:00Z"));

        assertThat(first.path("opening").asString()).isEqualTo("0.00");
        assertThat(first.path("closing").asString()).isEqualTo("-100.00");
        assertThat(second.path("opening").asString()).isEqualTo("-100.00");
        assertThat(second.path("closing").asString()).isEqualTo("-123.00");
        assertThat(
                        second.path("movements")
                                .valueStream()
                                .map(movement -> movement.path("balance").asString()))
                .containsExactly("-120.00", "-123.00");
        assertThat(second.path("complete").asBoolean()).isTrue();
    }

    @Test
    void a_statement_as_csv_has_every_movement_and_adds_up() throws Exception {
        var events = new ArrayList<io.ferrypay.events.Event>();
        for (var i = 0; i < 4_100; i++) { // More than are read at once.
            events.add(paid("wechat", "1.00 NZD", "1.00 NZD"));
        }
        happen(events);
        var id = account().path("id").asString();
        var path = "2026-01-01T00:00:00Z";

        var answer = send("GET", statement(id, ".csv", path, "2100-01-01T00:00:00Z"));

        assertThat(answer.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/csv");
        try (var csv =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(new StringReader(answer.body()))) {
            var lines = csv.getRecords();
            assertThat(lines).hasSize(4_102);
            assertThat(lines.getFirst().get("balance")).isEqualTo("0.00");
            assertThat(lines.get(1).get("subject")).isEqualTo(events.getFirst().subject());
            assertThat(lines.get(4_100).get("balance")).isEqualTo("-4100.00");
            assertThat(lines.getLast().get("line")).isEqualTo("closing");
            assertThat(lines.getLast().get("balance")).isEqualTo("-4100.00");
        }
        assertThat(
                        get(statement(id, "", path, "2100-01-01T00:00:00Z"))
                                .path("complete")
                                .asBoolean())
                .isFalse();
    }

    @Test
    void the_books_are_checked_when_asked() throws Exception {
        happen(paid("wechat", "1.00 NZD", "1.00 NZD"));

        var report = json.readTree(send("POST", "/checks").body());

        assertThat(report.path("violations").asLong()).isZero();
        assertThat(report.path("checks").size()).isGreaterThanOrEqualTo(11);
        assertThat(report.path("heads").get(0).path("hash").asString()).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource({
        "/trial-balance, book",
        "/trial-balance?book=both, book",
        "/accounts?book=test, type",
        "/accounts?book=test&type=x, type",
        "/accounts?book=test&type=bank&owner=a'b, owner",
        "/accounts?book=test&type=bank&cursor=x, cursor",
        "/journals?book=test&limit=0, limit",
        "/journals?book=test&limit=501, limit",
        "/journals?book=test&kind=x, kind",
        "/journals?book=test&account=99999999999999999999, account",
        "/accounts/1/statement?to=2026-01-01T00:00:00Z, from",
        "/accounts/1/statement?from=yesterday&to=2026-01-01T00:00:00Z, from",
        "/accounts/1/statement?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, to",
        "/accounts/1/statement.csv?from=-1000000-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, from"
    })
    void a_bad_question_is_told_what_is_wrong(String path, String pointer) throws Exception {
        var answer = send("GET", path);

        assertThat(answer.statusCode()).isEqualTo(400);
        var problem = json.readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo("invalid_request");
        assertThat(problem.path("errors").get(0).path("pointer").asString()).isEqualTo(pointer);
    }

    @Test
    void an_account_that_is_none_has_no_statement() throws Exception {
        assertThat(
                        send(
                                        "GET",
                                        statement(
                                                "999999999",
                                                "",
                                                "2026-01-01T00:00:00Z",
                                                "2026-01-02T00:00:00Z"))
                                .statusCode())
                .isEqualTo(404);
    }

    private static String statement(String id, String form, String from, String to) {
        return "/accounts/" + id + "/statement" + form + "?from=" + from + "&to=" + to;
    }

    private Instant lastPosted() {
        return jdbc.sql("select last_posted_at from book where id = 'test'")
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();
    }

    private JsonNode account() throws Exception {
        return get("/accounts?book=test&type=merchant-payable&owner=" + merchant)
                .path("data")
                .get(0);
    }

    private JsonNode get(String path) throws Exception {
        var answer = send("GET", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer " + serviceToken())
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(
                "http://localhost:" + port + "/internal/ledger" + path.replace("'", "%27"));
    }
}
