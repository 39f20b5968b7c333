package io.ferrypay.bench;

import java.nio.file.Path;

/**
 * The platform under load.
 *
 * @param gatewayKey private key of the gateway, with which the bench speaks to the payment service
 *     as the gateway would
 */
record Target(
        String gatewayUrl,
        String paymentUrl,
        String sandboxUrl,
        String apiKey,
        Path gatewayKey,
        String databaseUrl,
        String databasePassword) {

    static Target fromEnvironment() {
        return new Target(
                required("FERRY_GATEWAY_URL"),
                required("FERRY_PAYMENT_URL"),
                required("FERRY_SANDBOX_URL"),
                required("FERRY_TEST_KEY"),
                Path.of(required("FERRY_GATEWAY_KEYFILE")),
                required("FERRY_DATABASE_URL"),
                required("FERRY_DATABASE_PASSWORD"));
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
