package io.ferrypay.tradeadmin.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.tradeadmin.settlement.KnowHolidays;
import io.ferrypay.tradeadmin.settlement.SettleChannelDays;
import io.ferrypay.tradeadmin.withdrawal.Batches;
import io.ferrypay.tradeadmin.withdrawal.RunSchedules;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import tools.jackson.databind.JsonNode;

/** Schedules, reserves, holidays, refunds that wait for staff, and statements of balances. */
class MoneyTermsTest extends LedgerTest {

    private static final LocalDate TUESDAY = LocalDate.parse("2026-11-24");
    private static final ZoneId ZONE = ZoneId.of("Pacific/Auckland");

    @Autowired private SettleChannelDays settle;
    @Autowired private RunSchedules schedules;
    @Autowired private Batches batches;
    @Autowired private KnowHolidays holidays;

    @Autowired
    @Qualifier("takeRefunds")
    private EventHandler takeRefunds;

    private MerchantCalls shop;
    private String account = "";

    @BeforeEach
    void a_shop_with_a_hundred_dollars_and_a_bank_account() {
        shop = new MerchantCalls(port, merchantToken(merchant, "test", MerchantCalls.SCOPES));
        happen(paid("wechat", "100.00 NZD", "100.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        account =
                post(
                                shop,
                                "/v2/bank_accounts",
                                "{\"currency\":\"NZD\",\"holder\":\"H\",\"number\":\"12-3456-0123456-00\"}",
                                201)
                        .path("id")
                        .asString();
    }

    @Test
    void a_schedule_withdraws_what_there_is_once_a_day_however_many_run_it() throws Exception {
        var schedule = schedule("\"every\":\"day\",\"keep\":\"10.00\"");
        var day = due(schedule);

        atOnce(6, () -> schedules.run(day));
        schedules.run(day);

        var made = shop.get("/v2/withdrawals").path("data");
        assertThat(made).hasSize(1);
        assertThat(made.path(0).path("amount").asString()).isEqualTo("90.00");
        assertThat(made.path(0).path("status").asString()).isEqualTo("approved");
        assertThat(available()).isEqualTo("10.00");
        var known = get(schedule);
        assertThat(known.path("next_on").asString()).isEqualTo(day.plusDays(1).toString());
        assertThat(known.path("runs").path(0).path("withdrawal").asString())
                .isEqualTo(made.path(0).path("id").asString());

        schedules.run(day.plusDays(4));
        assertThat(get(schedule).path("runs")).hasSize(2); // What was missed is made up for once.
        assertThat(get(schedule).path("runs").path(0).path("skipped").asString())
                .isEqualTo("nothing_to_withdraw");
        assertThat(events("withdrawal_schedule.skipped", id(schedule))).hasSize(1);
        assertThat(verifyBooks.verify().violations()).isZero();
    }

    @Test
    void below_its_threshold_or_while_paused_a_schedule_leaves_the_money() {
        var schedule = schedule("\"every\":\"day\",\"above\":\"100.00\"");
        var day = due(schedule);

        schedules.run(day);

        assertThat(get(schedule).path("runs").path(0).path("skipped").asString())
                .isEqualTo("not_above_threshold");
        happen(paid("wechat", "0.01 NZD", "0.01 NZD"));
        settle.run(TUESDAY.plusDays(2));
        post(shop, "/v2/withdrawal_schedules/" + id(schedule) + ":pause", null, 200);
        schedules.run(day.plusDays(1));
        assertThat(available()).isEqualTo("100.01");
        post(shop, "/v2/withdrawal_schedules/" + id(schedule) + ":resume", null, 200);
        schedules.run(day.plusDays(2));
        assertThat(available()).isEqualTo("0.00");
        post(shop, "/v2/withdrawal_schedules/" + id(schedule) + ":end", null, 200);
        assertThat(
                        post(
                                        shop,
                                        "/v2/withdrawal_schedules/" + id(schedule) + ":resume",
                                        null,
                                        409)
                                .path("code")
                                .asString())
                .isEqualTo("schedule_ended");
    }

    @Test
    void an_account_that_is_gone_is_told_and_takes_nothing() {
        var schedule = schedule("\"every\":\"day\"");
        post(shop, "/v2/bank_accounts/" + account + ":remove", null, 200);

        schedules.run(due(schedule));

        assertThat(get(schedule).path("runs").path(0).path("skipped").asString())
                .isEqualTo("bank_account_unknown");
        assertThat(available()).isEqualTo("100.00");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "every":"year"
                    "every":"week"
                    "every":"week","weekday":"funday"
                    "every":"month","month_day":32
                    "every":"day","month_day":1
                    "every":"day","keep":"-1.00"
                    """)
    void a_schedule_that_cannot_be_is_refused(String fields) {
        assertThat(
                        post(
                                        shop,
                                        "/v2/withdrawal_schedules",
                                        "{\"currency\":\"NZD\",\"bank_account\":\"%s\",%s}"
                                                .formatted(account, fields.strip()),
                                        400)
                                .path("code")
                                .asString())
                .isEqualTo("invalid_request");
    }

    @Test
    void a_balance_has_one_schedule() {
        schedule("\"every\":\"month\",\"month_day\":31");

        assertThat(
                        post(
                                        shop,
                                        "/v2/withdrawal_schedules",
                                        "{\"currency\":\"NZD\",\"bank_account\":\"%s\",\"every\":\"day\"}"
                                                .formatted(account),
                                        409)
                                .path("code")
                                .asString())
                .isEqualTo("schedule_exists");
    }

    @Test
    void a_part_of_each_settlement_is_kept_for_some_days_and_a_least_balance_stays() {
        var asked =
                """
                {"merchant":"%s","currency":"NZD","based_on":0,"rate":"0.1","days":30,"least":"95.00","reason":"Young"}
                """
                        .formatted(merchant);
        approve(
                call(colleague("settlements:hold"), "POST", "/console/api/reserve-terms", asked)
                        .body(),
                "settlements:approve");
        happen(paid("wechat", "50.05 NZD", "50.05 NZD"));

        settle.run(TUESDAY.plusDays(3));

        var balance = shop.get("/v2/balances").path("balances").path(0);
        assertThat(balance.path("available").asString()).isEqualTo("145.04");
        assertThat(balance.path("kept").asString()).isEqualTo("5.01");
        assertThat(balance.path("withdrawable").asString()).isEqualTo("50.04");
        assertThat(shop.get("/v2/settlements").path("data").path(0).path("reserved").asString())
                .isEqualTo("5.01");
        assertThat(
                        post(
                                        shop,
                                        "/v2/withdrawals",
                                        "{\"amount\":\"50.05\",\"currency\":\"NZD\",\"bank_account\":\"%s\"}"
                                                .formatted(account),
                                        422)
                                .path("code")
                                .asString())
                .isEqualTo("insufficient_balance");
        assertThat(verifyBooks.verify().violations()).isZero();

        settle.run(TUESDAY.plusDays(32));
        assertThat(shop.get("/v2/reserves").path("data").path(0).path("released_at").isNull())
                .isTrue();
        settle.run(TUESDAY.plusDays(33));

        assertThat(available()).isEqualTo("150.05");
        assertThat(shop.get("/v2/reserves").path("data").path(0).path("released_at").isNull())
                .isFalse();
        assertThat(verifyBooks.verify().violations()).isZero();
        assertThatThrownBy(() ->
                        jdbc.sql("update reserve set released_at = null where merchant_id = ?")
                                .param(merchant)
                                .update())
                .hasMessageContaining("until it is released");
    }

    @Test
    void the_verifier_sees_a_settlement_that_kept_too_little() {
        var other = newId("mer_");
        jdbc.sql("insert into reserve_terms values (?, 'NZD', 1, 0.1, 30, 0, 'T', 'T', ?)")
                .params(other, java.sql.Timestamp.from(Instant.now().minusSeconds(600)))
                .update();
        happen(paid(newId("pay_"), other, false, "wechat", "50.00 NZD", "50.00 NZD"));
        settle.run(TUESDAY.plusDays(3));
        tamper(
                "reserve",
                "update reserve set wanted_minor = 600 where merchant_id = '" + other + "'");

        assertThat(check("every_settlement_kept_what_its_terms_say").violations()).isEqualTo(1);

        tamper(
                "reserve",
                "update reserve set wanted_minor = 500 where merchant_id = '" + other + "'");
        assertThat(check("every_settlement_kept_what_its_terms_say").violations()).isZero();
    }

    @Test
    void two_people_say_when_banks_are_closed_in_another_year() {
        var year =
                """
                {"calendar":"NZ","year":%d,"source":"Act","reason":"Next year",
                 "days":[{"day":"%d-01-01","closed":true,"name":"New Year"}]}
                """;
        var asker = colleague("settlements:hold", "settlements:approve");
        assertThat(call(asker, "POST", "/console/api/calendars", year.formatted(2029, 2028)).code())
                .isEqualTo("invalid_request");
        var asked = call(asker, "POST", "/console/api/calendars", year.formatted(2029, 2029));
        assertThat(asked.status()).isEqualTo(202);
        assertThat(
                        jdbc.sql("select count(*) from calendar_year where year = 2029")
                                .query(Long.class)
                                .single())
                .isZero();

        approve(asked.body(), "settlements:approve");

        var known = call(colleague("settlements:read"), "GET", "/console/api/calendars/NZ", null);
        assertThat(known.body().path("data").path(0).path("year").asInt()).isEqualTo(2029);
        assertThat(known.body().path("data").path(0).path("days")).hasSize(1);
        // 2028 is missing, so nobody knows when banks work after 2027.
        assertThat(holidays.reach())
                .filteredOn(one -> one.calendar().equals("NZ"))
                .first()
                .satisfies(one ->
                        assertThat(one.knownUntil()).isEqualTo(LocalDate.parse("2027-12-31")));
        var state =
                call(colleague("settlements:read"), "GET", "/console/api/settlement-state", null)
                        .body();
        assertThat(state.path("calendars").path(0).path("calendar").asString()).isEqualTo("CN");
        assertThat(state.path("calendars").path(0).path("known_until").asString())
                .isEqualTo("2026-12-31");
    }

    @Test
    void the_past_of_a_year_stays_as_it_was() {
        var asked =
                call(
                        colleague("settlements:hold"),
                        "POST",
                        "/console/api/calendars",
                        """
                        {"calendar":"NZ","year":2026,"source":"Act","reason":"Wrong",
                         "days":[{"day":"2026-12-25","closed":true,"name":"Christmas Day"}]}
                        """);
        var subject = asked.body().path("approval").asString();

        var refused =
                call(
                        colleague("settlements:approve"),
                        "POST",
                        "/console/api/approvals/" + subject + ":approve",
                        "{\"version\":1}");

        assertThat(refused.code()).isEqualTo("invalid_request");
        assertThat(
                        jdbc.sql(
                                        "select count(*) from calendar_day where calendar = 'NZ' and year = 2026")
                                .query(Long.class)
                                .single())
                .isEqualTo(11);
    }

    @Test
    void a_refund_that_waits_for_us_is_asked_about_once_and_what_is_decided_is_told() {
        var told = pendingRefund("platform");
        transaction.executeWithoutResult(_ -> takeRefunds.apply(List.of(told, told)));
        transaction.executeWithoutResult(_ -> takeRefunds.apply(List.of(told)));
        transaction.executeWithoutResult(
                _ -> takeRefunds.apply(List.of(pendingRefund("merchant"))));
        assertThat(
                        jdbc.sql(
                                        "select count(*) from approval where kind = 'refund' and maker = ?")
                                .param(merchant)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);

        decide("refund", told.subject(), "refunds:approve", "approve", "{\"version\":1}");

        var decided = events("refund.decided", told.subject());
        assertThat(decided).hasSize(1);
        assertThat(decided.getFirst().path("approved").asBoolean()).isTrue();

        var other = pendingRefund("platform");
        transaction.executeWithoutResult(_ -> takeRefunds.apply(List.of(other)));
        decide(
                "refund",
                other.subject(),
                "refunds:approve",
                "reject",
                "{\"version\":1,\"reason\":\"No\"}");
        assertThat(events("refund.decided", other.subject()).getFirst().path("why").asString())
                .isEqualTo("not_approved");
    }

    @Test
    void that_a_live_merchant_owes_us_is_told_once_and_that_it_no_longer_does() {
        var sale = paid(newId("pay_"), merchant, true, "wechat", "20.00 NZD", "20.00 NZD");
        happen(sale);
        happen(liveRefund(sale.subject(), "30.00 NZD"));
        happen(liveRefund(sale.subject(), "1.00 NZD"));

        var first = awaitFunds(1);
        happen(paid(newId("pay_"), merchant, true, "wechat", "50.00 NZD", "50.00 NZD"));
        var second = awaitFunds(2);

        assertThat(first.getFirst().path("short").asBoolean()).isTrue();
        assertThat(second.get(1).path("short").asBoolean()).isFalse();
        assertThat(second).hasSize(2);
        // Test money is nobody's worry.
        happen(
                refunded(
                        newId("pay_"),
                        merchant,
                        "requested",
                        "wechat",
                        "500.00 NZD",
                        "500.00 NZD"));
        assertThat(
                        jdbc.sql(
                                        "select version from merchant_funds where merchant_id = ? and told")
                                .param(merchant)
                                .query(Long.class)
                                .single())
                .isEqualTo(2);
    }

    @Test
    void what_becomes_of_a_withdrawal_and_what_is_available_is_told() {
        var asked =
                post(
                        shop,
                        "/v2/withdrawals",
                        "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"bank_account\":\"%s\"}"
                                .formatted(account),
                        201);
        var day =
                LocalDate.of(2040, 1, 1)
                        .plusDays(
                                jdbc.sql("select count(*) from withdrawal_batch")
                                        .query(Long.class)
                                        .single());
        batches.cut(day, Instant.now().plusSeconds(60));

        assertThat(types(id(asked)))
                .containsExactly(
                        "withdrawal.created", "withdrawal.approved", "withdrawal.in_batch");
        var last = events("withdrawal.in_batch", id(asked)).getFirst();
        assertThat(last.path("object")).isEqualTo(shop.get("/v2/withdrawals/" + id(asked)));
        assertThat(last.path("previous").path("status").asString()).isEqualTo("approved");
        var settlement = shop.get("/v2/settlements").path("data").path(0);
        assertThat(events("settlement.available", id(settlement)).getFirst().path("object"))
                .isEqualTo(settlement);
    }

    @Test
    void a_second_form_of_a_live_batch_needs_a_reason_that_the_audit_shows() {
        var live = new MerchantCalls(port, merchantToken(merchant, "live", MerchantCalls.SCOPES));
        happen(paid(newId("pay_"), merchant, true, "wechat", "50.00 NZD", "50.00 NZD"));
        settle.run(TUESDAY.plusDays(2));
        var to =
                post(
                                live,
                                "/v2/bank_accounts",
                                "{\"currency\":\"NZD\",\"holder\":\"H\",\"number\":\"12-3456-0123456-00\"}",
                                201)
                        .path("id")
                        .asString();
        jdbc.sql("update bank_account set usable_from = now(), status = 'active' where id = ?")
                .param(to)
                .update();
        var asked =
                post(
                        live,
                        "/v2/withdrawals",
                        "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"bank_account\":\"%s\"}"
                                .formatted(to),
                        201);
        batches.cut(
                LocalDate.of(2041, 1, 1)
                        .plusDays(
                                jdbc.sql("select count(*) from withdrawal_batch")
                                        .query(Long.class)
                                        .single()),
                Instant.now().plusSeconds(60));
        var path =
                "/console/api/withdrawal-batches/"
                        + live.get("/v2/withdrawals/" + id(asked)).path("batch").asString();
        var staff = colleague("withdrawals:export");

        text(staff, path + "/pain001.xml");
        text(staff, path + "/pain001.xml");
        assertThat(call(staff, "GET", path + "/transfers.csv", null).code())
                .isEqualTo("other_format_exported");
        text(staff, path + "/transfers.csv?reason=The%20bank%20asked");

        assertThat(
                        jdbc.sql("select reason from audit_entry where subject = ? and action = ?")
                                .params(
                                        path.substring(path.lastIndexOf('/') + 1),
                                        "withdrawal_batch.exported_in_another_form")
                                .query(String.class)
                                .single())
                .isEqualTo("The bank asked");
    }

    @Test
    void a_statement_adds_up_in_each_form_and_stays_as_it_is() throws Exception {
        happen(refunded(newId("pay_"), merchant, "requested", "wechat", "30.00 NZD", "30.00 NZD"));
        var today = LocalDate.now(ZONE);
        var path =
                "/v2/balance_statements?currency=NZD&from=%s&to=%s&format="
                        .formatted(today.minusDays(1), today);

        var csv = new String(file(path + "csv"), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(csv.lines().toList())
                .hasSize(5)
                .satisfies(lines -> {
                    assertThat(lines.get(1)).startsWith("opening,").contains(",0.00,NZD");
                    assertThat(lines.get(2)).contains(",payment,", ",100.00,100.00,NZD");
                    assertThat(lines.get(3)).contains(",refund,", ",-30.00,70.00,NZD");
                    assertThat(lines.get(4)).startsWith("closing,").contains(",70.00,NZD");
                });

        var xml = new String(file(path + "camt053"), java.nio.charset.StandardCharsets.UTF_8);
        validate(xml);
        assertThat(xml)
                .contains("<MsgId>TEST-NZD-", "<NbOfNtries>2</NbOfNtries>")
                .contains("<Amt Ccy=\"NZD\">70.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>")
                .contains("<Amt Ccy=\"NZD\">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>");

        try (var pdf = Loader.loadPDF(file(path + "pdf"))) {
            var text = new PDFTextStripper().getText(pdf);
            assertThat(text)
                    .contains("Account statement 账户对账单", "期初余额 0.00", "期末余额 70.00")
                    .contains("测试模式", merchant, "Refund 退款");
            for (var font : pdf.getPage(0).getResources().getFontNames()) {
                assertThat(pdf.getPage(0).getResources().getFont(font).isEmbedded()).isTrue();
            }
        }
        for (var bad :
                List.of(
                        "?currency=NZD&from=2026-01-01",
                        "?currency=XXX&from=2026-01-01&to=2026-01-02",
                        "?currency=NZD&from=2026-01-02&to=2026-01-01",
                        "?currency=NZD&from=2025-01-01&to=2026-01-02",
                        "?currency=NZD&from=2026-01-01&to=2026-01-02&format=doc")) {
            assertThat(
                            MerchantCalls.answer(
                                            shop.send(
                                                    "GET",
                                                    "/v2/balance_statements" + bad,
                                                    null,
                                                    null),
                                            400)
                                    .path("code")
                                    .asString())
                    .isEqualTo("invalid_request");
        }
    }

    /**
     * The schemas of camt.052 and camt.053 of version 8 have the same types below the report and
     * the statement; the one that is at hand is camt.052's.
     */
    private static void validate(String camt053) throws Exception {
        var asReport =
                camt053.replace("camt.053.001.08", "camt.052.001.08")
                        .replace("BkToCstmrStmt>", "BkToCstmrAcctRpt>")
                        .replace("<Stmt>", "<Rpt>")
                        .replace("</Stmt>", "</Rpt>");
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(MoneyTermsTest.class.getClassLoader().getResource("camt.052.001.08.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(asReport)));
    }

    private byte[] file(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .header(
                                            "Authorization",
                                            "Bearer "
                                                    + merchantToken(
                                                            merchant, "test", MerchantCalls.SCOPES))
                                    .build(),
                            BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }

    private Event pendingRefund(String waitsFor) {
        var refund = newId("re_");
        return event(
                "refund.pending_approval",
                refund,
                merchant,
                true,
                data -> {
                    data.put("refunded_in_all", "6000.00");
                    data.putObject("object")
                            .put("id", refund)
                            .put("payment", newId("pay_"))
                            .put("amount", "5500.00")
                            .put("currency", "NZD")
                            .put("waits_for", waitsFor);
                });
    }

    private Event liveRefund(String payment, String amount) {
        var refund = refunded(payment, merchant, "requested", "wechat", amount, amount);
        ((tools.jackson.databind.node.ObjectNode) refund.data()).put("livemode", true);
        return refund;
    }

    private List<JsonNode> awaitFunds(int count) {
        org.awaitility.Awaitility.await()
                .until(() -> events("merchant_funds.changed", merchant).size() >= count);
        return events("merchant_funds.changed", merchant);
    }

    private List<JsonNode> events(String type, String subject) {
        return jdbc
                .sql(
                        "select data from outbox where type = ? and subject = ? order by txid, position")
                .params(type, subject)
                .query((row, _) -> row.getString(1))
                .list()
                .stream()
                .map(json::readTree)
                .toList();
    }

    private List<String> types(String subject) {
        return jdbc.sql("select type from outbox where subject = ? order by txid, position")
                .param(subject)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private JsonNode schedule(String fields) {
        return post(
                shop,
                "/v2/withdrawal_schedules",
                "{\"currency\":\"NZD\",\"bank_account\":\"%s\",%s}".formatted(account, fields),
                201);
    }

    private LocalDate due(JsonNode schedule) {
        return LocalDate.parse(get(schedule).path("next_on").asString());
    }

    private JsonNode get(JsonNode schedule) {
        return shop.get("/v2/withdrawal_schedules/" + id(schedule));
    }

    private String available() {
        return shop.get("/v2/balances").path("balances").path(0).path("available").asString();
    }

    private static String id(JsonNode thing) {
        return thing.path("id").asString();
    }

    private static JsonNode post(MerchantCalls of, String path, @Nullable String body, int status) {
        return MerchantCalls.answer(
                of.send("POST", path, UUID.randomUUID().toString(), body), status);
    }

    private void approve(JsonNode asked, String permission) {
        assertThat(
                        call(
                                        colleague(permission),
                                        "POST",
                                        "/console/api/approvals/"
                                                + asked.path("approval").asString()
                                                + ":approve",
                                        "{\"version\":1}")
                                .status())
                .isEqualTo(200);
    }

    private void decide(String kind, String subject, String permission, String how, String body) {
        var approval =
                jdbc.sql("select id from approval where kind = ? and subject = ?")
                        .params(kind, subject)
                        .query()
                        .singleRow();
        assertThat(
                        call(
                                        colleague(permission),
                                        "POST",
                                        "/console/api/approvals/" + approval.get("id") + ":" + how,
                                        body)
                                .status())
                .isEqualTo(200);
    }

    private static <T> void atOnce(int times, Callable<T> call) throws Exception {
        try (var pool = Executors.newFixedThreadPool(times)) {
            for (var done :
                    pool.invokeAll(IntStream.range(0, times).mapToObj(_ -> call).toList())) {
                done.get();
            }
        }
    }
}
