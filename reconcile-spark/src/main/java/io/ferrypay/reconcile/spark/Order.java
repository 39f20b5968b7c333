package io.ferrypay.reconcile.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** What reconcile-service wants done, as a file of properties on the driver's machine. */
final class Order {

    private final Properties values = new Properties();

    Order(Path file) throws IOException {
        try (var in = Files.newBufferedReader(file)) {
            values.load(in);
        }
    }

    String text(String name) {
        return optional(name)
                .orElseThrow(() -> new IllegalArgumentException("the order says no " + name));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(values.getProperty(name));
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }
}
