package io.ferrypay.tradeadmin.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.TradeAdminTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A channel's account is not offered while two people say so. */
class MaintenanceTest extends TradeAdminTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String account = "wechat-" + UUID.randomUUID().toString().substring(0, 8);
    private StaffCaller planner;
    private StaffCaller checker;

    @BeforeEach
    void people() {
        planner = colleague("channels:read", "channels:write", "channels:approve");
        checker = colleague("channels:read", "channels:approve");
    }

    @Test
    void it_is_told_when_another_person_has_approved_it_and_again_when_it_is_ended() {
        var from = Instant.now().minusSeconds(60);
        var asked = plan(planner, from, from.plus(Duration.ofHours(2)));
        assertThat(asked.status()).as(asked.body().toString()).isEqualTo(202);
        assertThat(told()).isEmpty();

        assertThat(approve(planner, asked).code()).isEqualTo("own_request");
        assertThat(approve(checker, asked).status()).isEqualTo(200);

        assertThat(told()).hasSize(1);
        var listed = ofMine().getFirst();
        assertThat(told().getFirst().path("ends_at")).isEqualTo(listed.path("ends_at"));
        assertThat(end(checker, listed).code()).isEqualTo("forbidden_scope");
        var ended = end(planner, listed);
        assertThat(ended.status()).as(ended.body().toString()).isEqualTo(200);
        assertThat(told()).hasSize(2);
        assertThat(Instant.parse(told().getLast().path("ends_at").asString()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(end(planner, listed).code()).isEqualTo("maintenance_over");
        assertThat(told()).hasSize(2);
    }

    @Test
    void what_has_not_begun_is_taken_back_whole() {
        var from = Instant.now().plus(Duration.ofDays(3));
        approve(checker, plan(planner, from, from.plus(Duration.ofHours(2))));

        end(planner, ofMine().getFirst());

        var last = told().getLast();
        assertThat(last.path("ends_at")).isEqualTo(last.path("starts_at"));
    }

    @Test
    void what_is_too_long_or_too_far_or_over_is_refused() {
        var now = Instant.now();
        for (var times :
                List.of(
                        List.of(now, now.plus(Duration.ofDays(4))),
                        List.of(now, now),
                        List.of(now.minusSeconds(7200), now.minusSeconds(3600)),
                        List.of(
                                now.plus(Duration.ofDays(91)),
                                now.plus(Duration.ofDays(91).plusHours(1))))) {
            assertThat(plan(planner, times.getFirst(), times.getLast()).code())
                    .isEqualTo("invalid_request");
        }
        assertThat(plan(checker, now, now.plusSeconds(3600)).code()).isEqualTo("forbidden_scope");
        assertThat(call(colleague("risk:read"), "GET", "/console/api/maintenance", null).code())
                .isEqualTo("forbidden_scope");

        // Approved when it is too late.
        var late = plan(planner, now.minusSeconds(60), now.plusSeconds(2));
        await().until(() -> Instant.now().isAfter(now.plusSeconds(2)));
        assertThat(approve(checker, late).code()).isEqualTo("maintenance_over");
        assertThat(told()).isEmpty();
    }

    private Answer plan(StaffCaller caller, Instant from, Instant to) {
        return call(
                caller,
                "POST",
                "/console/api/maintenance",
                "{\"account\":\"%s\",\"starts_at\":\"%s\",\"ends_at\":\"%s\",\"reason\":\"They said so\"}"
                        .formatted(account, from, to));
    }

    private Answer approve(StaffCaller caller, Answer asked) {
        return call(
                caller,
                "POST",
                "/console/api/approvals/" + asked.body().path("approval").asString() + ":approve",
                "{\"version\":1,\"reason\":null}");
    }

    private Answer end(StaffCaller caller, JsonNode window) {
        return call(
                caller,
                "POST",
                "/console/api/maintenance/" + window.path("id").asString() + ":end",
                "{\"reason\":\"They are back\"}");
    }

    private List<JsonNode> ofMine() {
        return call(planner, "GET", "/console/api/maintenance", null)
                .body()
                .path("data")
                .valueStream()
                .filter(one -> one.path("account").asString().equals(account))
                .toList();
    }

    private List<JsonNode> told() {
        return jdbc
                .sql(
                        "select data from outbox where type = 'channel.maintenance_planned' order by txid, position")
                .query(String.class)
                .list()
                .stream()
                .map(JSON::readTree)
                .filter(data -> data.path("account").asString().equals(account))
                .toList();
    }
}
