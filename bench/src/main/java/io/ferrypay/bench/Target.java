package io.ferrypay.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The platform under load.
 *
 * @param gatewayKey private key of the gateway, with which the bench speaks to the payment service
 *     as the gateway would
 * @param processes names and process ids of what runs, so that its processor time can be read
 */
record Target(
        String gatewayUrl,
        String paymentUrl,
        String sandboxUrl,
        String apiKey,
        Path gatewayKey,
        String databaseUrl,
        String databasePassword,
        Map<String, Long> processes) {

    static Target fromEnvironment() {
        return new Target(
                required("FERRY_GATEWAY_URL"),
                required("FERRY_PAYMENT_URL"),
                required("FERRY_SANDBOX_URL"),
                required("FERRY_TEST_KEY"),
                Path.of(required("FERRY_GATEWAY_KEYFILE")),
                required("FERRY_DATABASE_URL"),
                required("FERRY_DATABASE_PASSWORD"),
                processes(required("FERRY_PROCESSES")));
    }

    /** {@code name=pid}, separated by blanks. */
    private static Map<String, Long> processes(String text) {
        var processes = new LinkedHashMap<String, Long>();
        for (var each : text.strip().split(" +", -1)) {
            var parts = each.split("=", 2);
            processes.put(parts[0], Long.parseLong(parts[1]));
        }
        return processes;
    }

    private static String required(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    name + " is not set; start this through ./ferry bench.");
        }
        return value;
    }
}
