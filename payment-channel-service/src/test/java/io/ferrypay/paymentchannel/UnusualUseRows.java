package io.ferrypay.paymentchannel;

import com.github.f4b6a3.ulid.UlidCreator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Printed codes of a test, and spells of unusual use of them, as rows. */
public final class UnusualUseRows {

    private UnusualUseRows() {}

    /** A code in Auckland that takes New Zealand dollars, in test mode. */
    public static String addCode(JdbcClient jdbc, String merchant) {
        var id = "sc_" + UlidCreator.getMonotonicUlid();
        jdbc.sql(
                        """
                        insert into static_code_copy (static_code_id, version, merchant_id, livemode, store_name,
                            time_zone, label, serial, link, currency, status)
                        values (?, 1, ?, false, 'Viaduct', 'Pacific/Auckland', 'Counter 1', 'S-4F7K2-01', ?, 'NZD', 'active')
                        """)
                .params(id, merchant, id)
                .update();
        return id;
    }

    /** The id of a spell that goes on. */
    public static String add(JdbcClient jdbc, String merchant) {
        var id = "uu_" + UlidCreator.getMonotonicUlid();
        jdbc.sql(
                        """
                        insert into unusual_use (id, static_code_id, merchant_id, livemode, kind, observed, began_at, last_seen_at)
                        values (?, ?, ?, false, 'many_unpaid', 12, now(), now())
                        """)
                .params(id, addCode(jdbc, merchant), merchant)
                .update();
        return id;
    }
}
