package io.ferrypay.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How the server is set up, as options for {@code postgres}. */
final class ServerSettings {
    private ServerSettings() {}

    static String options(int port, boolean durable) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("port", Integer.toString(port));
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "200");
        settings.put("shared_buffers", "256MB");
        settings.put("effective_cache_size", "1GB");
        settings.put("random_page_cost", "1.1");
        settings.put("jit", "off");
        settings.put("min_wal_size", "512MB");
        settings.put("max_wal_size", "4GB");
        settings.put("checkpoint_timeout", "15min");
        settings.put("wal_compression", "on");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        // The log must hold neither statements nor values: both may be personal data, or secrets.
        settings.put("log_min_error_statement", "panic");
        settings.put("log_parameter_max_length_on_error", "0");
        settings.put("log_error_verbosity", "terse");
        settings.put("fsync", durable ? "on" : "off");
        settings.put("synchronous_commit", durable ? "on" : "off");
        settings.put("full_page_writes", durable ? "on" : "off");
        if (durable) {
            // A forgotten transaction holds back every event feed on the server.
            settings.put("idle_in_transaction_session_timeout", "60s");
        }
        return settings.entrySet().stream()
                .map(ServerSettings::option)
                .collect(Collectors.joining(" "));
    }

    private static String option(Map.Entry<String, String> setting) {
        return "-c " + setting.getKey() + "='" + setting.getValue() + "'";
    }
}
