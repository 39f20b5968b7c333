package io.ferrypay.sandbox.payease;

import io.ferrypay.sandbox.control.Resettable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the merchant and Payease have agreed on outside the protocol, and what tests change. */
@Component("payeaseSettings")
class Settings implements Resettable, Limits {

    /** How the MAC of returns and notifications turns Chinese into bytes. */
    enum MacEncoding {
        /** As the page: GBK or UTF-8. */
        PAGE,
        GBK,
        UTF8,
        URL_ENCODED
    }

    /**
     * What can be changed; anything left out stays as it is.
     *
     * @param notificationUrl where notifications go
     * @param notifyByGet by GET instead of POST
     * @param macEncoding see {@link MacEncoding}
     * @param onlyFrom the only addresses that may call the API; an empty list lets everybody in
     * @param limits yuan by the bank's common code
     */
    record Change(
            @Nullable String notificationUrl,
            @Nullable Boolean notifyByGet,
            @Nullable MacEncoding macEncoding,
            @Nullable List<String> onlyFrom,
            @Nullable Map<Bank, Limit> limits) {}

    /**
     * @param single yuan
     * @param daily yuan
     */
    record Limit(long single, long daily) {}

    /** As it stands. */
    record Current(
            String notificationUrl,
            boolean notifyByGet,
            MacEncoding macEncoding,
            List<String> onlyFrom) {}

    private final Current first;
    private final Limit everyBank;
    private final AtomicReference<Current> current;
    private final Map<Bank, Limit> limits = new ConcurrentHashMap<>();

    Settings(
            PayeaseProperties properties,
            @Value("${ferry.public-url:http://localhost:7200}") String publicUrl) {
        var url =
                properties.notificationUrl().isBlank()
                        ? publicUrl + "/channels/payease/notifications/payease-test"
                        : properties.notificationUrl();
        this.first = new Current(url, false, MacEncoding.PAGE, List.of());
        this.everyBank = new Limit(properties.singleLimit(), properties.dailyLimit());
        this.current = new AtomicReference<>(first);
    }

    Current now() {
        return current.get();
    }

    Current change(Change change) {
        if (change.limits() != null) {
            limits.putAll(change.limits());
        }
        return current.updateAndGet(was ->
                new Current(
                        Objects.requireNonNullElse(change.notificationUrl(), was.notificationUrl()),
                        Objects.requireNonNullElse(change.notifyByGet(), was.notifyByGet()),
                        Objects.requireNonNullElse(change.macEncoding(), was.macEncoding()),
                        change.onlyFrom() == null
                                ? was.onlyFrom()
                                : List.copyOf(change.onlyFrom())));
    }

    Limit limit(@Nullable Bank bank) {
        return bank == null ? everyBank : limits.getOrDefault(bank, everyBank);
    }

    @Override
    public boolean allow(@Nullable Bank bank, long fen, long paidToday) {
        var limit = limit(bank);
        return fen <= limit.single() * 100 && paidToday + fen <= limit.daily() * 100;
    }

    @Override
    public void reset() {
        current.set(first);
        limits.clear();
    }
}
