package io.ferrypay.merchant.onboarding;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.problem.ApiException;
import io.ferrypay.signin.Vault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All onboardings ever begun, and who did what with them. */
@Repository
class Onboardings {

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;

    Onboardings(JdbcClient jdbc, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Optional<Onboarding> ofMerchant(String merchantId) {
        return jdbc.sql("select * from onboarding where merchant_id = ?")
                .param(merchantId)
                .query((row, _) -> onboarding(row))
                .optional();
    }

    Optional<Onboarding> find(String id) {
        return jdbc.sql("select * from onboarding where id = ?")
                .param(id)
                .query((row, _) -> onboarding(row))
                .optional();
    }

    Onboarding blank(String merchantId) {
        return Onboarding.blank("onb_" + UlidCreator.getUlid(), merchantId, now());
    }

    /** The merchant's onboarding, begun if it was not; two at the same time begin one. */
    Onboarding begin(String merchantId) {
        var blank = blank(merchantId);
        jdbc.sql(
                        """
                        insert into onboarding (id, merchant_id, status, version, high_risk, created_at, updated_at)
                        values (?, ?, 'draft', 1, false, ?, ?) on conflict (merchant_id) do nothing
                        """)
                .params(blank.id(), merchantId, at(blank.createdAt()), at(blank.createdAt()))
                .update();
        return ofMerchant(merchantId).orElseThrow();
    }

    /** Whoever changes what stands in an onboarding comes here first, one after the other. */
    void lockEditable(String id) {
        var status =
                jdbc.sql("select status from onboarding where id = ? for update")
                        .param(id)
                        .query((row, _) -> OnboardingStatus.of(row.getString(1)))
                        .single();
        refuseUnlessEditable(status);
    }

    static void refuseUnlessEditable(OnboardingStatus status) {
        if (!status.isEditable()) {
            throw ApiException.of(
                    OnboardingProblems.NOT_EDITABLE,
                    problem -> problem.with("status", status.text()));
        }
    }

    /**
     * @return the version after it
     */
    long touch(String id) {
        return jdbc.sql(
                        "update onboarding set version = version + 1, updated_at = ? where id = ? returning version")
                .params(at(now()), id)
                .query(Long.class)
                .single();
    }

    /**
     * Stores the next state where the one before is still the stored one, and what was done.
     * Refuses with 409 {@code onboarding_changed} otherwise: of two at the same time one goes
     * through.
     */
    Onboarding move(
            Onboarding before, Onboarding next, String step, String who, @Nullable String reason) {
        var version = before.version() + 1;
        var now = now();
        var moved =
                jdbc.sql(
                                """
                                update onboarding set status = ?, version = ?, high_risk = ?, submitted_by = ?,
                                    reviewer = ?, approved_by = ?, checked_by = ?, sealed_rejection = ?,
                                    updated_at = ?, submitted_at = ?, decided_at = ?
                                where id = ? and status = ? and version = ?
                                """)
                        .param(next.status().text())
                        .param(version)
                        .param(next.highRisk())
                        .param(next.submittedBy())
                        .param(next.reviewer())
                        .param(next.approvedBy())
                        .param(next.checkedBy())
                        .param(sealed(rejectionPurpose(next.id()), next.rejection()))
                        .param(at(now))
                        .param(atOrNull(next.submittedAt()))
                        .param(atOrNull(next.decidedAt()))
                        .param(before.id())
                        .param(before.status().text())
                        .param(before.version())
                        .update();
        if (moved != 1) {
            throw changed(find(before.id()).orElseThrow());
        }
        jdbc.sql(
                        """
                        insert into onboarding_step (onboarding_id, version, step, who, sealed_reason, at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .param(before.id())
                .param(version)
                .param(step)
                .param(who)
                .param(sealed(stepPurpose(before.id(), version), reason))
                .param(at(now))
                .update();
        return find(before.id()).orElseThrow();
    }

    static ApiException changed(Onboarding current) {
        return ApiException.of(
                OnboardingProblems.CHANGED,
                problem ->
                        problem.with("status", current.status().text())
                                .with("current_version", current.version()));
    }

    /** In the order they were taken. */
    List<Step> steps(String id) {
        return jdbc.sql("select * from onboarding_step where onboarding_id = ? order by version")
                .param(id)
                .query((row, _) -> {
                    var version = row.getLong("version");
                    return new Step(
                            version,
                            row.getString("step"),
                            row.getString("who"),
                            opened(stepPurpose(id, version), row.getString("sealed_reason")),
                            row.getTimestamp("at").toInstant());
                })
                .list();
    }

    /**
     * An onboarding that waits or is decided, as a list shows it.
     *
     * @param merchantName what shoppers see
     */
    record Listed(Onboarding onboarding, String merchantName) {}

    /** After this one in the list. */
    record Place(Instant submittedAt, String id) {}

    /** Those of a status, submitted first come first. */
    List<Listed> list(OnboardingStatus status, @Nullable Place after, int limit) {
        var from = after == null ? new Place(Instant.EPOCH, "") : after;
        return jdbc.sql(
                        """
                        select o.*, m.display_name from onboarding o join merchant m on m.id = o.merchant_id
                        where o.status = ? and (o.submitted_at, o.id) > (?, ?)
                        order by o.submitted_at, o.id limit ?
                        """)
                .params(status.text(), at(from.submittedAt()), from.id(), limit)
                .query((row, _) -> new Listed(onboarding(row), row.getString("display_name")))
                .list();
    }

    private Onboarding onboarding(ResultSet row) throws SQLException {
        var id = row.getString("id");
        return new Onboarding(
                id,
                row.getString("merchant_id"),
                OnboardingStatus.of(row.getString("status")),
                row.getLong("version"),
                row.getBoolean("high_risk"),
                row.getString("submitted_by"),
                row.getString("reviewer"),
                row.getString("approved_by"),
                row.getString("checked_by"),
                opened(rejectionPurpose(id), row.getString("sealed_rejection")),
                Objects.requireNonNull(instant(row.getTimestamp("created_at"))),
                Objects.requireNonNull(instant(row.getTimestamp("updated_at"))),
                instant(row.getTimestamp("submitted_at")),
                instant(row.getTimestamp("decided_at")));
    }

    private @Nullable String sealed(String purpose, @Nullable String text) {
        return text == null ? null : vault.seal(purpose, text);
    }

    private @Nullable String opened(String purpose, @Nullable String sealed) {
        return sealed == null ? null : vault.open(purpose, sealed);
    }

    private static String rejectionPurpose(String id) {
        return "onboarding:" + id + ":rejection";
    }

    private static String stepPurpose(String id, long version) {
        return "onboarding:" + id + ":step:" + version;
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime atOrNull(@Nullable Instant instant) {
        return instant == null ? null : at(instant);
    }
}
