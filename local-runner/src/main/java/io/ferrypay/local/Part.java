package io.ferrypay.local;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A process of the platform: which module it is, where it listens, what memory it may take. */
public enum Part {
    REGISTRY("registry-service", 1, 96, null),
    SANDBOX("channel-sandbox", 6, 160, null),
    MERCHANT("merchant-service", 2, 160, "merchant"),
    PAYMENT_CHANNEL("payment-channel-service", 3, 320, "payment_channel"),
    NOTIFY("notify-service", 4, 256, "notify"),
    JOB("job-service", 5, 128, "job"),
    TRADE_ADMIN("trade-admin-service", 9, 128, "trade_admin"),
    RECONCILE("reconcile-service", 10, 128, "reconcile"),
    GATEWAY("gateway-service", 0, 192, null);

    private final String module;
    private final int offset;
    private final int heapMegabytes;
    private final Optional<String> schema;

    Part(
            String module,
            int offset,
            int heapMegabytes,
            @org.jspecify.annotations.Nullable String schema) {
        this.module = module;
        this.offset = offset;
        this.heapMegabytes = heapMegabytes;
        this.schema = Optional.ofNullable(schema);
    }

    public String module() {
        return module;
    }

    int offset() {
        return offset;
    }

    int heapMegabytes() {
        return heapMegabytes;
    }

    /** The PostgreSQL schema and role of this part, if it stores anything. */
    public Optional<String> schema() {
        return schema;
    }

    static List<String> modules() {
        return Arrays.stream(values()).map(Part::module).toList();
    }

    public static Optional<Part> named(String name) {
        return Arrays.stream(values())
                .filter(part ->
                        part.module.equals(name)
                                || part.module.replace("-service", "").equals(name))
                .findFirst();
    }
}
