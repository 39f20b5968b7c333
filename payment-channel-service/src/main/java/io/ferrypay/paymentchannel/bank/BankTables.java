package io.ferrypay.paymentchannel.bank;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The two tables of banks. Limits are only ever added. */
@Repository
class BankTables {

    private static final Currency YUAN = Currency.of("CNY");

    private final JdbcClient jdbc;

    BankTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Bank> banks(Instant at) {
        var limits = limitsInForce(at);
        return jdbc.sql(
                        """
                        select code, name_zh, name_en, pinyin, initial from bank order by position
                        """)
                .query((row, _) ->
                        new Bank(
                                row.getString("code"),
                                row.getString("name_zh"),
                                row.getString("name_en"),
                                row.getString("pinyin"),
                                row.getString("initial"),
                                limits.getOrDefault(row.getString("code"), List.of())))
                .list();
    }

    /** Locks the bank, so that two operators cannot both be the latest. */
    boolean lock(String code) {
        return jdbc.sql("select code from bank where code = ? for update")
                .param(code)
                .query(String.class)
                .optional()
                .isPresent();
    }

    Optional<Instant> latest(String code) {
        return jdbc.sql("select max(valid_from) as latest from bank_limit where bank_code = ?")
                .param(code)
                .query((row, _) -> Optional.ofNullable(row.getTimestamp("latest")))
                .single()
                .map(Timestamp::toInstant);
    }

    void add(String code, BankLimit limit, String recordedBy, Instant now) {
        jdbc.sql(
                        """
                        insert into bank_limit (bank_code, tool, valid_from, single_minor, daily_minor,
                            source, recorded_at, recorded_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(code)
                .param(limit.tool().wireName())
                .param(Timestamp.from(limit.validFrom()))
                .param(4, fen(limit.single()), Types.BIGINT)
                .param(5, fen(limit.daily()), Types.BIGINT)
                .param(6, limit.source())
                .param(7, Timestamp.from(now))
                .param(8, recordedBy)
                .update();
    }

    /** Everything ever recorded of a bank, newest first. */
    List<RecordedLimit> history(String code) {
        return jdbc.sql(
                        """
                        select bank_code, tool, valid_from, single_minor, daily_minor, source,
                               recorded_at, recorded_by
                          from bank_limit where bank_code = ?
                         order by valid_from desc, tool
                         limit 1000
                        """)
                .param(code)
                .query((row, _) ->
                        new RecordedLimit(
                                limit(row),
                                row.getTimestamp("recorded_at").toInstant(),
                                row.getString("recorded_by")))
                .list();
    }

    private Map<String, List<BankLimit>> limitsInForce(Instant at) {
        return jdbc
                .sql(
                        """
                        select bank_code, tool, valid_from, single_minor, daily_minor, source
                          from bank_limit as known
                         where valid_from = (select max(valid_from) from bank_limit
                                              where bank_code = known.bank_code and valid_from <= ?)
                         order by tool
                        """)
                .param(Timestamp.from(at))
                .query((row, _) -> Map.entry(row.getString("bank_code"), limit(row)))
                .list()
                .stream()
                .filter(entry -> entry.getValue().saysSomething())
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static BankLimit limit(ResultSet row) throws SQLException {
        return new BankLimit(
                BankTool.ofWireName(row.getString("tool")).orElseThrow(),
                yuan(row, "single_minor"),
                yuan(row, "daily_minor"),
                row.getString("source"),
                row.getTimestamp("valid_from").toInstant());
    }

    private static @Nullable Money yuan(ResultSet row, String column) throws SQLException {
        var fen = row.getObject(column, Long.class);
        return fen == null ? null : new Money(fen, YUAN);
    }

    private static @Nullable Long fen(@Nullable Money money) {
        return money == null ? null : money.minorUnits();
    }
}
