package io.ferrypay.bench;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The shop that the bench sells for. */
final class DemoShop {

    private DemoShop() {}

    /** Its id, which no API tells: that of whose payment it is. */
    static String idOf(Shopfront shop, Target target) throws IOException, SQLException {
        var payment =
                shop.createAndRead(target.gatewayUrl() + "/v2/payments", target.apiKey(), null)
                        .path("id")
                        .asString();
        try (var connection =
                        DriverManager.getConnection(
                                target.databaseUrl(),
                                "payment_channel",
                                target.databasePassword());
                var statement =
                        connection.prepareStatement(
                                "select merchant_id from payment where id = ?")) {
            statement.setString(1, payment);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
