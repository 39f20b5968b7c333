package io.ferrypay.reconcile.compare;

import io.ferrypay.reconcile.load.Engine;
import io.ferrypay.reconcile.load.LoadStatement;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** In tables of a day, by one statement over both. */
@Component
@ConditionalOnProperty(
        name = "ferry.reconcile.engine",
        havingValue = "postgresql",
        matchIfMissing = true)
class PostgresSteps implements LargeSteps {

    private final CompareSettings settings;
    private final LoadStatement loadStatement;
    private final FrozenAmounts amounts;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;

    PostgresSteps(
            CompareSettings settings,
            LoadStatement loadStatement,
            FrozenAmounts amounts,
            JdbcTemplate template,
            PlatformTransactionManager transactions) {
        this.settings = settings;
        this.loadStatement = loadStatement;
        this.amounts = amounts;
        this.template = template;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Engine engine() {
        return Engine.POSTGRESQL;
    }

    @Override
    public Paired pair(Comparison comparison, @Nullable BigDecimal feeRate) {
        return Objects.requireNonNull(
                transaction.execute(_ ->
                        new PairLines(sql(comparison.accountId(), comparison.day()), settings)
                                .pair(feeRate)));
    }

    @Override
    public void findTold(String accountId, LocalDate day) {
        var days =
                Objects.requireNonNull(
                        transaction.execute(_ -> new FindTold(sql(accountId, day)).days()));
        for (var home : days) {
            // Where that day was compared by files its lines are not in the tables.
            loadStatement.bringHere(accountId, home, amounts.of(accountId, home));
            transaction.executeWithoutResult(_ -> {
                var sql = sql(accountId, day);
                sql.settle(settings.workMemory());
                new FindTold(sql).mark(home);
            });
        }
    }

    private RunSql sql(String accountId, LocalDate day) {
        return new RunSql(new NamedParameterJdbcTemplate(template), accountId, day);
    }
}
