package io.ferrypay.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the payment service says of its own time, from its meters, and the sandbox of the companies'
 * time for the calls made to them.
 */
final class ServiceTimers {

    /** Around each call to a company: signing, the way there and back, verifying. */
    static final String CALLS = "ferry_channel_calls_seconds";

    /** Around each request that the service answers. */
    static final String REQUESTS = "http_server_requests_seconds";

    private static final Pattern SAMPLE =
            Pattern.compile("^([a-z_]+)\\{([^}]*(?:\\{[^}]*\\}[^}]*)*)\\} ([0-9.eE+-]+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final double MICROS = 1e6;

    private final OkHttpClient http = new OkHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final Target target;

    ServiceTimers(Target target) {
        this.target = target;
    }

    /** So many of something, and how long they took together. */
    record Time(long count, double micros) {

        static final Time NONE = new Time(0, 0);

        Time plus(Time other) {
            return new Time(count + other.count, micros + other.micros);
        }

        Time since(Time earlier) {
            return new Time(count - earlier.count, micros - earlier.micros);
        }
    }

    /** All timers at a moment. */
    record Reading(Map<String, Double> samples) {

        /**
         * @param labels a part of each wanted sample's labels, such as {@code uri="/checkout}
         */
        Time of(String timer, String labels) {
            var count = 0.0;
            var seconds = 0.0;
            for (var sample : samples.entrySet()) {
                if (sample.getKey().contains(labels)) {
                    if (sample.getKey().startsWith(timer + "_count ")) {
                        count += sample.getValue();
                    } else if (sample.getKey().startsWith(timer + "_sum ")) {
                        seconds += sample.getValue();
                    }
                }
            }
            return new Time(Math.round(count), seconds * MICROS);
        }
    }

    Reading read() throws IOException {
        return parse(get(target.paymentUrl() + "/actuator/prometheus"));
    }

    static Reading parse(String text) {
        var samples = new HashMap<String, Double>();
        text.lines()
                .forEach(line -> {
                    var sample = SAMPLE.matcher(line);
                    if (sample.matches()) {
                        var labels = new StringBuilder(sample.group(1)).append(' ');
                        var label = LABEL.matcher(sample.group(2));
                        while (label.find()) {
                            labels.append(label.group()).append(',');
                        }
                        samples.put(labels.toString(), Double.parseDouble(sample.group(3)));
                    }
                });
        return new Reading(samples);
    }

    /** The newest call that a company has answered. */
    long lastCompanyCall() throws IOException {
        return companyCalls(Long.MAX_VALUE).path("last").asLong();
    }

    /**
     * @param path where the addresses of the company begin
     */
    Time companyTime(long after, String path) throws IOException {
        var calls =
                companyCalls(after)
                        .path("calls")
                        .valueStream()
                        .filter(call -> call.path("path").asString().startsWith(path))
                        .toList();
        return new Time(
                calls.size(),
                calls.stream().mapToDouble(call -> call.path("micros").asDouble()).sum());
    }

    private JsonNode companyCalls(long after) throws IOException {
        return json.readTree(get(target.sandboxUrl() + "/control/times?after=" + after));
    }

    private String get(String url) throws IOException {
        try (var response = http.newCall(new Request.Builder().url(url).build()).execute()) {
            if (response.code() != 200) {
                throw new IOException(url + " answered " + response.code());
            }
            return response.body().string();
        }
    }
}
