package io.ferrypay.merchant.onboarding;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.signin.Vault;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What reviewers want changed. */
@Repository
class Remarks {

    private final JdbcClient jdbc;
    private final Vault vault;

    Remarks(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /** The newest last. */
    List<Remark> of(String onboardingId) {
        return jdbc.sql("select * from onboarding_remark where onboarding_id = ? order by id")
                .param(onboardingId)
                .query((row, _) -> {
                    var resolved = row.getTimestamp("resolved_at");
                    return new Remark(
                            Item.find(row.getString("item")).orElseThrow(),
                            vault.open(
                                    purpose(row.getString("id")), row.getString("sealed_reason")),
                            row.getString("asked_by"),
                            row.getTimestamp("asked_at").toInstant(),
                            resolved == null ? null : resolved.toInstant());
                })
                .list();
    }

    void add(String onboardingId, Item item, String reason, String by, Instant now) {
        var id = "rmk_" + UlidCreator.getMonotonicUlid();
        jdbc.sql(
                        """
                        insert into onboarding_remark (id, onboarding_id, item, sealed_reason, asked_by, asked_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        id,
                        onboardingId,
                        item.text(),
                        vault.seal(purpose(id), reason),
                        by,
                        now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Nothing happens when nobody remarked on it. */
    void resolve(String onboardingId, Item item, Instant now) {
        jdbc.sql(
                        """
                        update onboarding_remark set resolved_at = ?
                        where onboarding_id = ? and item = ? and resolved_at is null
                        """)
                .params(now.atOffset(ZoneOffset.UTC), onboardingId, item.text())
                .update();
    }

    private static String purpose(String id) {
        return "onboarding-remark:" + id;
    }
}
