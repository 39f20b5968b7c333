package io.ferrypay.paymentchannel.merchant;

import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.merchant.Merchant.Registration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every merchant we have been told about. Reads may be two seconds old, so that creating a payment
 * asks nobody.
 */
@Repository
public class Merchants {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST_CACHED = 10_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Registration>> REGISTRATIONS =
            new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();

    Merchants(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The merchant as we know it; empty when we have not been told of it (yet). */
    public Optional<Merchant> find(String id) {
        var now = System.nanoTime();
        var cached = cache.get(id);
        if (cached != null && now - cached.readAt < FRESH_NANOS) {
            return Optional.of(cached.merchant);
        }
        var merchant = read(id);
        if (cache.size() >= MOST_CACHED) {
            cache.clear();
        }
        merchant.ifPresentOrElse(
                found -> cache.put(id, new Cached(found, now)), () -> cache.remove(id));
        return merchant;
    }

    private Optional<Merchant> read(String id) {
        return jdbc.sql("select * from merchant_copy where merchant_id = ?")
                .param(id)
                .query((row, _) -> merchant(row))
                .optional();
    }

    /** Keeps what we were told, unless we know something newer. */
    void keep(Merchant merchant) {
        jdbc.sql(
                        """
                        insert into merchant_copy as known (merchant_id, version, display_name, status,
                            currency, allowed_methods, late_payment_policy, live_registrations,
                            test_registrations)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (merchant_id) do update set
                            version = excluded.version,
                            display_name = excluded.display_name,
                            status = excluded.status,
                            currency = excluded.currency,
                            allowed_methods = excluded.allowed_methods,
                            late_payment_policy = excluded.late_payment_policy,
                            live_registrations = excluded.live_registrations,
                            test_registrations = excluded.test_registrations
                        where known.version < excluded.version
                        """)
                .param(merchant.id())
                .param(merchant.version())
                .param(merchant.displayName())
                .param(merchant.active() ? "active" : "suspended")
                .param(merchant.currency())
                .param(methodsColumn(merchant.allowedMethods()))
                .param(merchant.latePaymentPolicy().name().toLowerCase(Locale.ROOT))
                .param(registrationsColumn(merchant.live()))
                .param(registrationsColumn(merchant.test()))
                .update();
    }

    /** Lets a suspension take effect here at once rather than within two seconds. */
    void forget(String id) {
        cache.remove(id);
    }

    private static Merchant merchant(ResultSet row) throws SQLException {
        return new Merchant(
                row.getString("merchant_id"),
                row.getLong("version"),
                row.getString("display_name"),
                "active".equals(row.getString("status")),
                row.getString("currency"),
                methods(row.getString("allowed_methods")),
                LatePaymentPolicy.valueOf(
                        row.getString("late_payment_policy").toUpperCase(Locale.ROOT)),
                registrations(row.getString("live_registrations")),
                registrations(row.getString("test_registrations")));
    }

    private static String registrationsColumn(Map<PaymentMethod, Registration> registrations) {
        var byName = new TreeMap<String, Registration>();
        registrations.forEach((method, known) -> byName.put(method.wireName(), known));
        return JSON.writeValueAsString(byName);
    }

    private static Map<PaymentMethod, Registration> registrations(String column) {
        var registrations = new EnumMap<PaymentMethod, Registration>(PaymentMethod.class);
        JSON.readValue(column, REGISTRATIONS)
                .forEach((name, known) ->
                        PaymentMethod.ofWireName(name)
                                .ifPresent(method -> registrations.put(method, known)));
        return registrations;
    }

    private static String methodsColumn(Set<PaymentMethod> methods) {
        return String.join(",", methods.stream().map(PaymentMethod::wireName).sorted().toList());
    }

    private static Set<PaymentMethod> methods(String column) {
        var methods = EnumSet.noneOf(PaymentMethod.class);
        for (var name : column.split(",", -1)) {
            PaymentMethod.ofWireName(name).ifPresent(methods::add);
        }
        return methods;
    }

    private record Cached(Merchant merchant, long readAt) {}
}
