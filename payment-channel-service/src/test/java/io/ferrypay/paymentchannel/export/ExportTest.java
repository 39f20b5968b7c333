package io.ferrypay.paymentchannel.export;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.payment.FindPayments;
import io.ferrypay.paymentchannel.refund.FindRefunds;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

class ExportTest extends RunningServiceTest {

    @Autowired private Exports exports;
    @Autowired private ExportRows rows;
    @Autowired private Clock clock;
    @Autowired private FindPayments payments;
    @Autowired private FindRefunds refunds;
    @Autowired private PlatformTransactionManager transactions;
    @Autowired private TaskScheduler scheduler;
    @Autowired private List<ScheduledTaskHolder> scheduled;

    private WriteExports writer;

    @BeforeEach
    void ten_rows_at_once() {
        jdbc.sql("delete from export").update();
        writer = writer(1000);
    }

    private WriteExports writer(long mostRows) {
        return new WriteExports(exports, rows, settings(Duration.ofSeconds(20), mostRows), clock);
    }

    private static ExportSettings settings(Duration patience, long mostRows) {
        return new ExportSettings(
                Duration.ofMillis(10), patience, Duration.ofDays(7), 2, mostRows, 10);
    }

    @Test
    void a_file_holds_every_payment_of_its_list_once() throws IOException {
        var paid = created();
        var order = offered(paid);
        notified(order, success(order, "42000091"));
        many(24);
        var formula = of("=HYPERLINK(\\\"http://evil.example\\\")", "120.00");
        var words = of("Mānuka honey, \\\"蜂蜜\\\"\\n500 g", "7.50");
        of("other", "5000.00");
        var export = begin("{\"kind\":\"payments\",\"filters\":{\"amount_lte\":\"1200.00\"}}");
        assertThat(export.path("status").asString()).isEqualTo("waiting");
        assertThat(export.path("progress").asInt(-1)).isZero();

        writer.step();
        assertThat(now(export).path("total_rows").asLong()).isEqualTo(27);
        writer.step();
        assertThat(now(export).path("progress").asInt()).isEqualTo(37);
        assertThat(now(export).path("status").asString()).isEqualTo("running");
        assertThat(codeOf(content(export))).isEqualTo("export_not_ready");
        // Made while the file is written, it is not in it.
        created();
        writer.write(() -> true);

        var ready = now(export);
        assertThat(ready.path("status").asString()).isEqualTo("ready");
        assertThat(ready.path("progress").asInt()).isEqualTo(100);
        assertThat(ready.path("rows").asLong()).isEqualTo(27);
        var answer = content(export);
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        assertThat(bytes.length).isEqualTo(ready.path("size").asInt());
        assertThat(answer.headers().firstValue("Content-Length")).contains("" + bytes.length);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .matches("attachment; filename=\"payments-test-[0-9]{8}-[0-9]{6}\\.csv\"");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.body()).startsWith("\uFEFFid,merchant_reference,status,");
        var found = parsed(answer);
        assertThat(found).hasSize(27);
        assertThat(found).extracting(row -> row.get("id")).doesNotHaveDuplicates();
        assertThat(row(found, formula).get("product_name"))
                .isEqualTo("'=HYPERLINK(\"http://evil.example\")");
        assertThat(row(found, words).get("product_name")).isEqualTo("Mānuka honey, \"蜂蜜\"\n500 g");
        assertThat(row(found, words).get("amount")).isEqualTo("7.50");
        var whole = row(found, paid);
        assertThat(whole.get("status")).isEqualTo("paid");
        assertThat(whole.get("channel_reference")).isEqualTo("42000091");
        assertThat(whole.get("method")).isEqualTo("wechat");
        assertThat(whole.get("created_at"))
                .matches("20[0-9-]{8}T[0-9:]{8}\\+1[23]:00")
                .satisfies(time ->
                        assertThat(java.time.OffsetDateTime.parse(time).toInstant())
                                .isBetween(Instant.now().minusSeconds(600), Instant.now()));
    }

    @Test
    void a_file_of_refunds_holds_them() throws IOException {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42000092"));
        var refund =
                JSON.readTree(
                        send(
                                        request(
                                                        "/v2/payments/"
                                                                + payment.path("id").asString()
                                                                + "/refunds",
                                                        token())
                                                .header("Idempotency-Key", anyKey()),
                                        "POST",
                                        "{\"amount\":\"1.00\",\"note\":\"@SUM(A1)\"}")
                                .body());
        var export = begin("{\"kind\":\"refunds\",\"time_zone\":\"Asia/Shanghai\"}");

        writer.write(() -> true);

        var found = parsed(content(export));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().get("id")).isEqualTo(refund.path("id").asString());
        assertThat(found.getFirst().get("note")).isEqualTo("'@SUM(A1)");
        assertThat(found.getFirst().get("created_at")).endsWith("+08:00");
    }

    @Test
    void an_empty_list_is_a_file_with_a_header() throws IOException {
        var export = begin("{\"kind\":\"payments\",\"filters\":{\"status\":\"paid\"}}");

        writer.write(() -> true);

        assertThat(now(export).path("status").asString()).isEqualTo("ready");
        assertThat(parsed(content(export))).isEmpty();
    }

    @Test
    void of_many_wishes_at_once_one_is_taken() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 8)
                            .mapToObj(_ ->
                                    threads.submit(
                                            () -> post("/v2/exports", "{\"kind\":\"payments\"}")))
                            .toList();
            var refused = new ArrayList<JsonNode>();
            for (var answer : answers) {
                if (answer.get().statusCode() != 201) {
                    assertThat(answer.get().statusCode()).isEqualTo(409);
                    refused.add(JSON.readTree(answer.get().body()));
                }
            }
            assertThat(refused).hasSize(7);
            var export = JSON.readTree(get("/v2/exports").body()).path("data");
            assertThat(export).hasSize(1);
            assertThat(refused)
                    .allSatisfy(problem -> {
                        assertThat(problem.path("code").asString()).isEqualTo("export_in_progress");
                        assertThat(problem.path("export")).isEqualTo(export.path(0).path("id"));
                    });
        }
        // The other mode is another world.
        var live = TestTokens.merchant(merchant, "live", List.of("exports:write"));
        assertThat(
                        send(request("/v2/exports", live), "POST", "{\"kind\":\"payments\"}")
                                .statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_piece_counts_once_and_not_after_the_end() {
        many(25);
        var export = begin("{\"kind\":\"payments\"}");
        writer.step();
        writer.step();
        var before = exports.due(Instant.now()).orElseThrow();
        var page = rows.next(before, 10);
        var step = new Exports.Step(25, 10, 1, page.lastId(), ExportStatus.RUNNING, null);
        var part = new byte[] {1};

        // Another instance read the same rows, and is later.
        writer.step();
        assertThat(exports.advance(before, step, part, Instant.now())).isFalse();
        assertThat(now(export).path("rows").asLong()).isEqualTo(20);

        var after = exports.due(Instant.now()).orElseThrow();
        assertThat(post(path(export) + ":cancel", "").statusCode()).isEqualTo(200);
        assertThat(exports.advance(after, step, part, Instant.now())).isFalse();
        assertThat(now(export).path("status").asString()).isEqualTo("canceled");
        assertThat(parts(export)).isZero();
        assertThat(content(export).statusCode()).isEqualTo(410);
        assertThat(post(path(export) + ":cancel", "").statusCode()).isEqualTo(200);
        begin("{\"kind\":\"payments\"}");
    }

    @Test
    void a_file_is_deleted_when_its_time_is_over_or_newer_ones_push_it_out() {
        var oldest = written();
        var middle = written();
        assertThat(content(oldest).statusCode()).isEqualTo(200);
        assertThat(codeOf(postAnswer(path(oldest) + ":cancel"))).isEqualTo("export_ended");

        var newest = written();
        assertThat(content(oldest).statusCode()).isEqualTo(410);
        assertThat(now(oldest).path("status").asString()).isEqualTo("expired");
        assertThat(content(middle).statusCode()).isEqualTo(200);

        jdbc.sql("update export set expires_at = now() where id = ?")
                .param(middle.path("id").asString())
                .update();
        writer.tidy();
        assertThat(codeOf(content(middle))).isEqualTo("export_has_no_file");
        assertThat(parts(middle)).isZero();
        assertThat(content(newest).statusCode()).isEqualTo(200);
    }

    @Test
    void what_can_not_be_written_fails_and_is_not_tried_for_ever() {
        many(3);
        var tooMany = begin("{\"kind\":\"payments\"}");
        writer(2).write(() -> true);
        assertThat(now(tooMany).path("failure_code").asString()).isEqualTo("too_many_rows");

        var broken = begin("{\"kind\":\"payments\"}");
        jdbc.sql("update export set filters = '{\"status\":\"nonsense\"}' where id = ?")
                .param(broken.path("id").asString())
                .update();
        for (var round = 0; round < 5; round++) {
            assertThat(now(broken).path("status").asString()).isEqualTo("waiting");
            writer.write(() -> true);
            jdbc.sql("update export set due_at = now() where status = 'waiting'").update();
        }
        assertThat(now(broken).path("status").asString()).isEqualTo("failed");
        assertThat(now(broken).path("failure_code").asString()).isEqualTo("internal_error");
        assertThat(content(broken).statusCode()).isEqualTo(410);
    }

    @Test
    void what_is_due_by_the_clock_does_not_wait_for_a_step_that_hangs() throws Exception {
        var thread = new ExportThread(writer, settings(Duration.ofSeconds(20), 1000));
        var other = new CountDownLatch(1);
        new TransactionTemplate(transactions)
                .executeWithoutResult(_ -> {
                    jdbc.sql("lock table export in access exclusive mode").update();
                    thread.start();
                    await().until(() ->
                            jdbc.sql(
                                            "select exists (select from pg_locks l where not granted and relation = 'export'::regclass)")
                                    .query(Boolean.class)
                                    .single());
                    var _ = scheduler.schedule(other::countDown, Instant.now());
                    await().until(() -> other.getCount() == 0);
                });
        var export = begin("{\"kind\":\"payments\"}");
        await().until(() -> now(export).path("status").asString().equals("ready"));

        thread.stop();

        assertThat(thread.isRunning()).isFalse();
        assertThat(scheduled)
                .flatExtracting(ScheduledTaskHolder::getScheduledTasks)
                .extracting(ScheduledTask::toString)
                .isNotEmpty()
                .noneMatch(task -> task.contains("export"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"payments", "refunds"})
    void the_database_gives_up_a_step_that_takes_too_long(String kind) {
        var impatient =
                new ExportRows(
                        payments,
                        refunds,
                        jdbc,
                        transactions,
                        settings(Duration.ofMillis(200), 1000));
        begin("{\"kind\":\"%s\"}".formatted(kind));
        var export = exports.due(clock.instant()).orElseThrow();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            new TransactionTemplate(transactions)
                    .executeWithoutResult(_ -> {
                        jdbc.sql("lock table payment, refund in access exclusive mode").update();
                        for (Callable<?> read :
                                List.<Callable<?>>of(
                                        () -> impatient.next(export, 10),
                                        () -> impatient.count(export, 10))) {
                            assertThatThrownBy(threads.submit(read)::get)
                                    .hasStackTraceContaining(
                                            "canceling statement due to statement timeout");
                        }
                    });
        }

        // Others who are lent that connection are as patient as they were.
        assertThat(jdbc.sql("show statement_timeout").query(String.class).single()).isEqualTo("0");
        assertThat(impatient.count(export, 10)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kind\":\"secrets\"}",
                "{\"kind\":\"payments\",\"time_zone\":\"Mars\"}",
                "{\"kind\":\"payments\",\"filters\":{\"status\":\"x\"}}",
                "{\"kind\":\"payments\",\"filters\":{\"amount_gte\":\"1.234\"}}",
                "{\"kind\":\"payments\",\"filters\":{\"created_gte\":\"today\"}}",
                "{\"kind\":\"payments\",\"filters\":{\"surprise\":\"x\"}}",
                "{\"kind\":\"refunds\",\"filters\":{\"static_code\":\"sc_1\"}}",
                "{\"kind\":\"refunds\",\"filters\":{\"status\":\"paid\"}}",
                "[]"
            })
    void a_bad_wish_is_refused_and_stores_nothing(String body) {
        var answer = post("/v2/exports", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(jdbc.sql("select count(*) from export").query(Long.class).single()).isZero();
    }

    private JsonNode written() {
        var export = begin("{\"kind\":\"payments\"}");
        writer.write(() -> true);
        return export;
    }

    private JsonNode begin(String body) {
        var answer = post("/v2/exports", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> postAnswer(String path) {
        return post(path, "");
    }

    private static String path(JsonNode export) {
        return "/v2/exports/" + export.path("id").asString();
    }

    private JsonNode now(JsonNode export) {
        return JSON.readTree(get(path(export)).body());
    }

    private HttpResponse<String> content(JsonNode export) {
        return get(path(export) + "/content");
    }

    private long parts(JsonNode export) {
        return jdbc.sql("select count(*) from export_part where export_id = ?")
                .param(export.path("id").asString())
                .query(Long.class)
                .single();
    }

    private static List<CSVRecord> parsed(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var text = answer.body().substring(1);
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(text))
                .getRecords();
    }

    private static CSVRecord row(List<CSVRecord> rows, JsonNode payment) {
        return rows.stream()
                .filter(row -> row.get("id").equals(payment.path("id").asString()))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode of(String product, String amount) {
        var answer =
                create(
                        anyKey(),
                        body(anyReference())
                                .replace("Pinot Noir", product)
                                .replace("120.00", amount));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    private void many(int count) {
        for (var i = 0; i < count; i++) {
            created();
        }
    }
}
