package io.ferrypay.tradeadmin.settlement;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * When a merchant's payments become available.
 *
 * @param workingDays after the day they were paid
 * @param calendars all of whose banks must work
 */
record Terms(int workingDays, List<String> calendars) {

    Terms {
        calendars = List.copyOf(calendars);
    }

    /** The terms of every merchant. */
    @Repository
    static class Agreed {

        private final JdbcClient jdbc;

        Agreed(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        /** The merchant's own for the currency, or for every one, before everybody's. */
        Terms of(String merchantId, String currency) {
            return jdbc.sql(
                            """
                            select working_days, calendars from settlement_terms
                             where merchant_id in (?, '') and currency in (?, '')
                             order by merchant_id desc, currency desc, version desc limit 1
                            """)
                    .params(merchantId, currency)
                    .query((row, _) -> terms(row))
                    .single();
        }

        private static Terms terms(java.sql.ResultSet row) throws SQLException {
            return new Terms(row.getInt(1), Arrays.asList((String[]) row.getArray(2).getArray()));
        }
    }
}
