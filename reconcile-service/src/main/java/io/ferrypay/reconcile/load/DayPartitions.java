package io.ferrypay.reconcile.load;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A partition for each day. Attached rather than created in place: that would wait for every load
 * under way, and hold up all that come after.
 */
@Component
class DayPartitions {

    /** Any number that is nobody else's here. */
    private static final long LOCK = 0x62696c6cL;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    DayPartitions(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Nothing happens where there is one. */
    void add(String table, LocalDate day) {
        var name = table + "_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
        if (exists(name)) {
            return;
        }
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query((_, _) -> true).single();
            if (!exists(name)) {
                jdbc.sql("create table " + name + " (like " + table + ")").update();
                jdbc.sql(
                                "alter table %s attach partition %s for values from ('%s') to ('%s')"
                                        .formatted(table, name, day, day.plusDays(1)))
                        .update();
            }
        });
    }

    private boolean exists(String table) {
        return jdbc.sql("select to_regclass(?) is not null")
                .param(table)
                .query(Boolean.class)
                .single();
    }
}
