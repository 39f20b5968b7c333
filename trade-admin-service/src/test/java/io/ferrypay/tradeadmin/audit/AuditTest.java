package io.ferrypay.tradeadmin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.events.Event;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.TradeAdminTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is done is written down with it, and stays. */
class AuditTest extends TradeAdminTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String subject = "thing_" + UlidCreator.getUlid();

    @Autowired private Audit audit;
    @Autowired private ReadAudit entries;
    @Autowired private CheckAudit checks;
    @Autowired private MeterRegistry metrics;

    @Test
    void an_act_and_its_entry_are_both_there_or_neither() {
        var who = new Who("per_1", "sta_1", "ses_1", "192.0.2.7");
        assertThatThrownBy(() ->
                        transaction.executeWithoutResult(_ -> {
                            audit.record(who, Audit.Act.of("thing.lost", subject));
                            throw new IllegalStateException("rolled back");
                        }))
                .hasMessage("rolled back");
        assertThat(found()).isEmpty();

        transaction.executeWithoutResult(_ -> {
            audit.record(
                    who,
                    new Audit.Act(
                            "thing.changed",
                            subject,
                            Map.of("size", 1),
                            Map.of("size", 2),
                            "grown"));
            assertThat(found()).isEmpty();
        });

        assertThat(found())
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.entry().who()).isEqualTo(who);
                    assertThat(kept.entry().before()).isEqualTo("{\"size\":1}");
                    assertThat(kept.entry().after()).isEqualTo("{\"size\":2}");
                    assertThat(kept.entry().reason()).isEqualTo("grown");
                });
    }

    @Test
    void without_a_transaction_or_with_a_secret_nothing_is_written() {
        var act = Audit.Act.of("thing.seen", subject);
        assertThatThrownBy(() -> audit.record(Who.system(), act))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        audit.recordNow(
                                Who.system(),
                                new Audit.Act(
                                        "thing.made",
                                        subject,
                                        null,
                                        List.of(Map.of("new_api_key", "sk_1")),
                                        null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(found()).isEmpty();
    }

    @Test
    void what_another_service_tells_twice_is_there_once() {
        var data = JSON.createObjectNode();
        data.put("person", "per_2")
                .put("account", "sta_2")
                .put("session", "ses_2")
                .put("address", "192.0.2.8")
                .put("action", "onboarding.taken")
                .putNull("before");
        data.putObject("after").put("status", "in_review");
        var acted = Event.of("staff.acted", subject, 3, java.time.Instant.now(), data);
        for (var i = 0; i < 2; i++) {
            transaction.executeWithoutResult(_ ->
                    new TakeStaffActs(audit, "merchant-service")
                            .apply(
                                    List.of(
                                            acted,
                                            Event.of(
                                                    "merchant.created",
                                                    subject,
                                                    1,
                                                    java.time.Instant.now(),
                                                    data))));
        }

        assertThat(found())
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.entry().service()).isEqualTo("merchant-service");
                    assertThat(kept.entry().who())
                            .isEqualTo(new Who("per_2", "sta_2", "ses_2", "192.0.2.8"));
                    assertThat(kept.entry().action()).isEqualTo("onboarding.taken");
                    assertThat(kept.entry().before()).isNull();
                    assertThat(kept.entry().after()).isEqualTo("{\"status\":\"in_review\"}");
                });
    }

    @Test
    void many_at_once_are_one_chain() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var i = 0; i < 24; i++) {
                running.add(
                        threads.submit(() ->
                                transaction.executeWithoutResult(_ -> {
                                    audit.record(Who.system(), Audit.Act.of("thing.a", subject));
                                    audit.record(Who.system(), Audit.Act.of("thing.b", subject));
                                })));
            }
            for (var each : running) {
                each.get();
            }
        }

        var sequences = found().stream().map(kept -> kept.entry().sequence()).toList();
        assertThat(sequences).hasSize(48).doesNotHaveDuplicates();
        assertThat(checks.check(null).violations()).isZero();
        assertThat(metrics.get("audit.violations").gauge().value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set reason = 'x'",
                "delete from audit_entry",
                "truncate audit_entry"
            })
    void the_database_refuses_to_change_it(String statement) {
        audit.recordNow(Who.system(), Audit.Act.of("thing.done", subject));

        assertThatThrownBy(() -> jdbc.sql(statement).update())
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("the audit is never changed");
        assertThatThrownBy(() -> jdbc.sql("update audit_head set last_sequence = 0").update())
                .rootCause()
                .hasMessageContaining("the head follows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set after = '{\"size\":3}' where sequence = %d",
                "update audit_entry set who = 'per_9' where sequence = %d",
                "update audit_entry set at = at - interval '1 day' where sequence = %d",
                "delete from audit_entry where sequence = %d"
            })
    void what_somebody_changed_around_the_database_is_found(String change) {
        audit.recordNow(
                Who.system(), new Audit.Act("thing.grown", subject, null, Map.of("size", 2), null));
        audit.recordNow(Who.system(), Audit.Act.of("thing.after", subject));
        var target = found().getLast().entry().sequence();
        jdbc.sql("create table if not exists spared as select * from audit_entry where false")
                .update();
        jdbc.sql("delete from spared").update();
        jdbc.sql("insert into spared select * from audit_entry where sequence = ?")
                .param(target)
                .update();
        tamper("audit_entry", change.formatted(target));

        var report = checks.check(null);

        assertThat(report.violations()).isPositive();
        assertThat(report.examples()).anyMatch(example -> example.startsWith(target + ":"));
        assertThat(metrics.get("audit.violations").gauge().value()).isPositive();
        tamper(
                "audit_entry",
                "delete from audit_entry where sequence = " + target,
                "insert into audit_entry select * from spared");
        assertThat(checks.check(null).violations()).isZero();
    }

    @Test
    void a_head_that_was_kept_tells_of_a_chain_made_anew() {
        audit.recordNow(Who.system(), Audit.Act.of("thing.done", subject));
        var head = entries.head();
        audit.recordNow(Who.system(), Audit.Act.of("thing.after", subject));

        assertThat(checks.check(head).violations()).isZero();
        assertThat(checks.check(new ReadAudit.Head(head.sequence(), "0".repeat(64))).examples())
                .containsExactly(head.sequence() + ": is not the head that was kept");
    }

    @Test
    void an_export_proves_itself_and_is_audited() throws Exception {
        var reader = colleague("audit:read");
        audit.recordNow(
                Who.system(),
                new Audit.Act("thing.grown", subject, null, Map.of("name", "茶"), null));
        audit.recordNow(Who.nobody("192.0.2.9"), Audit.Act.of("thing.seen", subject));
        var start = found().getLast().entry().at();

        var lines =
                download(reader, "jsonl", start.toString())
                        .lines()
                        .map(line -> JSON.readTree(line))
                        .toList();

        var hash = lines.getFirst().path("previous_hash").asString();
        for (var line : lines.subList(1, lines.size() - 1)) {
            hash = hashByHand(hash, line);
            assertThat(line.path("hash").asString()).isEqualTo(hash);
        }
        var head = lines.getLast();
        assertThat(head.path("hash").asString()).isEqualTo(hash);
        assertThat(lines.get(lines.size() - 2).path("action").asString())
                .isEqualTo("audit.exported");
        assertThat(lines.get(lines.size() - 2).path("who").asString()).isEqualTo(reader.personId());

        audit.recordNow(Who.system(), new Audit.Act("thing.named", subject, null, null, "=1+1"));
        var csv =
                CSVFormat.RFC4180
                        .parse(new java.io.StringReader(download(reader, "csv", start.toString())))
                        .getRecords();
        assertThat(csv.getLast().get(7)).isEqualTo("audit_head");
        assertThat(csv.getLast().get(12)).isEqualTo(entries.head().hash());
        assertThat(csv).anyMatch(row -> row.get(11).equals("'=1+1"));
    }

    @Test
    void an_export_holds_nothing_while_it_is_taken_and_ends_where_it_began() {
        var many = 1_100;
        transaction.executeWithoutResult(_ -> {
            for (var i = 0; i < many; i++) {
                audit.record(Who.system(), Audit.Act.of("thing.counted", subject));
            }
        });
        var first = found().getFirst().entry().at();
        var head = entries.head();
        var taken = new ArrayList<Long>();
        var ends = new ArrayList<ReadAudit.Head>();

        entries.export(
                first,
                java.time.Instant.parse("9999-01-01T00:00:00Z"),
                new ReadAudit.Export() {
                    @Override
                    public void begin(long firstSequence, String previousHash) {
                        audit.recordNow(Who.system(), Audit.Act.of("thing.late", subject));
                    }

                    @Override
                    public void entry(ReadAudit.Kept kept) {
                        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                                .isFalse();
                        taken.add(kept.entry().sequence());
                    }

                    @Override
                    public void end(ReadAudit.Head end) {
                        ends.add(end);
                    }
                });

        assertThat(taken).hasSizeGreaterThanOrEqualTo(many).isSorted().doesNotHaveDuplicates();
        assertThat(taken.getLast()).isEqualTo(head.sequence());
        assertThat(ends).containsExactly(head);
    }

    @Test
    void one_check_and_a_few_exports_at_a_time() throws Exception {
        var reader = colleague("audit:read");
        var exported =
                "/console/api/audit/export?from=9998-01-01T00:00:00Z&to=9999-01-01T00:00:00Z";
        assertThat(checks.check(null).violations()).isZero();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Integer>>();
            transaction.executeWithoutResult(_ -> {
                jdbc.sql("lock table audit_entry in access exclusive mode").update();
                running.add(threads.submit(() -> check(reader).status()));
                awaitBlocked(1);
                assertThat(metrics.get("audit.violations").gauge().value()).isZero();
                assertThat(soon(threads.submit(() -> check(reader).code())))
                        .isEqualTo("audit_check_running");

                for (var i = 0; i < 2; i++) {
                    running.add(
                            threads.submit(() -> {
                                text(reader, exported);
                                return 200;
                            }));
                }
                awaitBlocked(3);
                assertThat(soon(threads.submit(() -> call(reader, "GET", exported, null).code())))
                        .isEqualTo("too_many_exports");
            });
            for (var each : running) {
                assertThat(each.get()).isEqualTo(200);
            }
        }
        assertThat(text(reader, exported)).isNotEmpty();
    }

    private Answer check(StaffCaller reader) {
        return call(reader, "POST", "/console/api/audit:check", null);
    }

    private void awaitBlocked(int many) {
        var sql = "select count(*) from pg_locks where not granted";
        while (jdbc.sql(sql).query(Integer.class).single() < many) {
            Thread.onSpinWait();
        }
    }

    /** It does not wait for what the test itself holds. */
    private static String soon(Future<String> answer) {
        try {
            return answer.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("No answer", e);
        }
    }

    /** As somebody would who has the file and the description alone. */
    private static String hashByHand(String previous, JsonNode line) throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        var out = new java.io.DataOutputStream(bytes);
        out.write(HexFormat.of().parseHex(previous));
        out.writeLong(line.path("sequence").asLong());
        var at = java.time.Instant.parse(line.path("at").asString());
        out.writeLong(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000);
        for (var name :
                List.of(
                        "event", "service", "who", "account", "session", "address", "action",
                        "subject", "before", "after", "reason")) {
            var value = line.path(name);
            if (value.isNull()) {
                out.writeInt(-1);
            } else {
                var utf8 = value.asString().getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        }
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    }

    private String download(StaffCaller reader, String format, String from) {
        return text(
                reader,
                "/console/api/audit/export?format="
                        + format
                        + "&to=9999-01-01T00:00:00Z&from="
                        + from);
    }

    @Test
    void it_is_searched_by_those_who_may() {
        var reader = colleague("audit:read");
        audit.recordNow(Who.outside("per_77" + subject), Audit.Act.of("thing.done", subject));
        audit.recordNow(Who.system(), Audit.Act.of("thing.done", subject));

        var all =
                call(reader, "GET", "/console/api/audit?subject=" + subject + "&limit=1", null)
                        .body();
        assertThat(all.path("data")).hasSize(1);
        assertThat(
                        call(
                                        reader,
                                        "GET",
                                        "/console/api/audit?subject="
                                                + subject
                                                + "&cursor="
                                                + all.path("next_cursor").asString(),
                                        null)
                                .body()
                                .path("data")
                                .get(0)
                                .path("who")
                                .asString())
                .isEqualTo("per_77" + subject);
        assertThat(
                        call(
                                        reader,
                                        "GET",
                                        "/console/api/audit?action=thing.&who=per_77" + subject,
                                        null)
                                .body()
                                .path("data"))
                .hasSize(1);
        assertThat(
                        call(reader, "GET", "/console/api/audit?to=2020-01-01T00:00:00Z", null)
                                .body()
                                .path("data"))
                .isEmpty();
        assertThat(call(colleague("ledger:read"), "GET", "/console/api/audit", null).code())
                .isEqualTo("forbidden_scope");
        assertThat(
                        call(
                                        colleague("ledger:read"),
                                        "GET",
                                        "/console/api/audit/export?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z",
                                        null)
                                .code())
                .isEqualTo("forbidden_scope");
        assertThat(call(reader, "GET", "/console/api/ledger/trial-balance?book=test", null).code())
                .isEqualTo("forbidden_scope");
        assertThat(
                        call(
                                        colleague("ledger:read"),
                                        "GET",
                                        "/console/api/ledger/trial-balance?book=test",
                                        null)
                                .status())
                .isEqualTo(200);
        assertThat(
                        call(
                                        colleague("ledger:read"),
                                        "GET",
                                        "/internal/ledger/trial-balance?book=test",
                                        null)
                                .status())
                .isEqualTo(403);
        assertThat(call(reader, "GET", "/console/api/audit?cursor=-1", null).code())
                .isEqualTo("invalid_request");
        assertThat(call(reader, "GET", "/console/api/audit?from=yesterday", null).code())
                .isEqualTo("invalid_request");
        assertThat(
                        call(reader, "POST", "/console/api/audit:check", null)
                                .body()
                                .path("violations")
                                .asInt())
                .isZero();
    }

    private List<ReadAudit.Kept> found() {
        return entries.find(new ReadAudit.Query(null, null, subject, null, null, null, 100));
    }
}
