package io.ferrypay.merchant.merchant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds merchants for those who keep the company. */
@Repository
public class FindMerchants {

    private static final String SELECT =
            """
            select m.id, m.name, m.display_name, m.country, m.currency, m.status, m.allowed_methods, m.created_at,
                   (select count(*) from store s where s.merchant_id = m.id) as stores,
                   (select count(*) from membership p where p.merchant_id = m.id) as people,
                   (select count(*) from credential c where c.merchant_id = m.id and c.revoked_at is null) as keys,
                   (select o.id from onboarding o where o.merchant_id = m.id) as onboarding,
                   (select o.status from onboarding o where o.merchant_id = m.id) as onboarding_status
              from merchant m
            """;

    private final JdbcClient jdbc;

    FindMerchants(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A merchant as the console shows it.
     *
     * @param people how many belong to its team
     * @param keys how many API keys are not revoked
     */
    public record Seen(
            String id,
            String name,
            String displayName,
            String country,
            String currency,
            String status,
            List<String> allowedMethods,
            Instant createdAt,
            int stores,
            int people,
            int keys,
            @Nullable String onboarding,
            @Nullable String onboardingStatus) {}

    public Optional<Seen> find(String id) {
        return jdbc.sql(SELECT + " where m.id = ?").param(id).query(FindMerchants::seen).optional();
    }

    /**
     * The newest first.
     *
     * @param text a part of a name, or an id; null for all
     * @param before the id of the last one on the page before
     */
    public List<Seen> list(@Nullable String text, @Nullable String before, int limit) {
        return jdbc.sql(
                        SELECT
                                + " where true"
                                + (text == null
                                        ? ""
                                        : " and (m.id = :text or position(lower(:text) in lower(m.name)) > 0"
                                                + " or position(lower(:text) in lower(m.display_name)) > 0)")
                                + (before == null ? "" : " and m.id < :before")
                                + " order by m.id desc limit :limit")
                .param("text", text)
                .param("before", before)
                .param("limit", limit)
                .query(FindMerchants::seen)
                .list();
    }

    private static Seen seen(ResultSet row, int number) throws SQLException {
        return new Seen(
                row.getString("id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("country"),
                row.getString("currency"),
                row.getString("status"),
                List.of((String[]) row.getArray("allowed_methods").getArray()),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("stores"),
                row.getInt("people"),
                row.getInt("keys"),
                row.getString("onboarding"),
                row.getString("onboarding_status"));
    }
}
