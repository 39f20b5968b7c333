package io.ferrypay.paymentchannel.risk;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rules in force, as we were told. Reads may be two seconds old. */
@Repository
class RuleSets {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final JdbcClient jdbc;
    private volatile @Nullable Cached cached;

    RuleSets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Cached(RuleSet rules, long readAt) {}

    RuleSet current() {
        var known = cached;
        var now = System.nanoTime();
        if (known != null && now - known.readAt() < FRESH_NANOS) {
            return known.rules();
        }
        var rules = read(known == null ? RuleSet.NONE : known.rules());
        cached = new Cached(rules, now);
        return rules;
    }

    /** Only a set that is not known yet is read and compiled. */
    private RuleSet read(RuleSet known) {
        return jdbc.sql("select version, rules from risk_rule_set where version <> ?")
                .param(known.version())
                .query((row, _) -> RuleSet.read(row.getLong(1), row.getString(2)))
                .optional()
                .orElse(known);
    }

    /** Keeps what we were told, unless we know something newer. */
    void keep(long version, String rules, Instant publishedAt) {
        jdbc.sql(
                        """
                        insert into risk_rule_set as known (version, rules, published_at) values (?, ?, ?)
                        on conflict (only_row) do update set
                            version = excluded.version,
                            rules = excluded.rules,
                            published_at = excluded.published_at
                        where known.version < excluded.version
                        """)
                .param(version)
                .param(rules)
                .param(Timestamp.from(publishedAt))
                .update();
    }

    /** Lets what was published take effect here at once rather than within two seconds. */
    void forget() {
        cached = null;
    }
}
