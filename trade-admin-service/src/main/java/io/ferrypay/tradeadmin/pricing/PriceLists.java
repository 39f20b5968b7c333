package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.money.Currency;
import io.ferrypay.tradeadmin.pricing.PriceList.RefundFee;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every price list there ever was. */
@Repository
public class PriceLists {

    private static final String SELECT =
            """
            select l.*, r.method, r.from_minor, r.rate, r.fixed_minor, r.least_minor, r.most_minor
              from price_list l join price_rule r using (kind, scope, currency, version)
            """;

    private static final String ORDER =
            " order by l.kind, l.scope, l.currency, l.version desc, r.method, r.from_minor";

    private final JdbcClient jdbc;

    PriceLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All versions for one scope and currency, the newest first. */
    public List<PriceList> history(PriceKind kind, String scope, Currency currency) {
        return jdbc.sql(SELECT + " where l.kind = ? and l.scope = ? and l.currency = ?" + ORDER)
                .params(kind.wireName(), scope, currency.code())
                .query(PriceLists::read);
    }

    /** What stands for a scope at a time; else what stands for everybody; else nothing. */
    public Optional<PriceList> inForce(
            PriceKind kind, String scope, Currency currency, Instant at) {
        return inForce(all(kind, List.of(scope)), scope, currency, at);
    }

    /** Every version for these scopes and for everybody, the newest of each first. */
    List<PriceList> all(PriceKind kind, Collection<String> scopes) {
        return jdbc.sql(SELECT + " where l.kind = ? and (l.scope = '' or l.scope = any(?))" + ORDER)
                .params(kind.wireName(), scopes.toArray(String[]::new))
                .query(PriceLists::read);
    }

    static Optional<PriceList> inForce(
            List<PriceList> lists, String scope, Currency currency, Instant at) {
        return begun(lists, scope, currency, at).or(() -> begun(lists, "", currency, at));
    }

    private static Optional<PriceList> begun(
            List<PriceList> lists, String scope, Currency currency, Instant at) {
        return lists.stream()
                .filter(list ->
                        list.scope().equals(scope)
                                && list.currency().equals(currency)
                                && !list.effectiveFrom().isAfter(at))
                .findFirst();
    }

    void add(PriceList list) {
        var refundFee = list.refundFee();
        jdbc.sql(
                        """
                        insert into price_list (kind, scope, currency, version, effective_from,
                            refund_fee, reason, decided_by, decided_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(list.kind().wireName())
                .param(list.scope())
                .param(list.currency().code())
                .param(list.version())
                .param(Timestamp.from(list.effectiveFrom()))
                .param(refundFee == null ? null : refundFee.wireName())
                .param(list.reason())
                .param(list.decidedBy())
                .param(Timestamp.from(list.decidedAt()))
                .update();
        for (var rule : list.rules()) {
            jdbc.sql("insert into price_rule values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .param(list.kind().wireName())
                    .param(list.scope())
                    .param(list.currency().code())
                    .param(list.version())
                    .param(rule.method())
                    .param(rule.fromMinor())
                    .param(rule.rate())
                    .param(rule.fixedMinor())
                    .param(rule.leastMinor())
                    .param(rule.mostMinor())
                    .update();
        }
    }

    private static List<PriceList> read(ResultSet rows) throws SQLException {
        var lists = new ArrayList<PriceList>();
        var rules = new ArrayList<PriceRule>();
        var open = rows.next();
        while (open) {
            var scope = rows.getString("scope");
            var currency = rows.getString("currency");
            var version = rows.getInt("version");
            var kind = PriceKind.ofWireName(rows.getString("kind")).orElseThrow();
            var effectiveFrom = rows.getTimestamp("effective_from").toInstant();
            var refundFee = refundFee(rows.getString("refund_fee"));
            var reason = rows.getString("reason");
            var decidedBy = rows.getString("decided_by");
            var decidedAt = rows.getTimestamp("decided_at").toInstant();
            rules.clear();
            do {
                rules.add(rule(rows));
                open = rows.next();
            } while (open
                    && version == rows.getInt("version")
                    && scope.equals(rows.getString("scope"))
                    && currency.equals(rows.getString("currency")));
            lists.add(
                    new PriceList(
                            kind,
                            scope,
                            Currency.of(currency),
                            version,
                            effectiveFrom,
                            refundFee,
                            rules,
                            reason,
                            decidedBy,
                            decidedAt));
        }
        return lists;
    }

    private static @Nullable RefundFee refundFee(@Nullable String name) {
        return name == null ? null : RefundFee.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static PriceRule rule(ResultSet row) throws SQLException {
        return new PriceRule(
                row.getString("method"),
                row.getLong("from_minor"),
                row.getBigDecimal("rate"),
                row.getLong("fixed_minor"),
                row.getObject("least_minor", Long.class),
                row.getObject("most_minor", Long.class));
    }
}
