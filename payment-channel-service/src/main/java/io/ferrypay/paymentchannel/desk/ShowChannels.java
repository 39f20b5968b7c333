package io.ferrypay.paymentchannel.desk;

import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.TellsCredentials;
import io.ferrypay.paymentchannel.channel.TellsCredentials.Credential;
import io.ferrypay.paymentchannel.payment.OrderNumbers;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * How each account does: its calls as this instance sees them, its orders of the last day as they
 * are stored, and its keys. The orders are counted at most once a minute.
 */
@Service
public class ShowChannels {

    private static final Duration REACH = Duration.ofHours(24);
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Channels channels;
    private final ChannelHealth health;
    private final OrderNumbers orderNumbers;
    private final JdbcClient jdbc;
    private final Clock clock;
    private @Nullable Counted counted;

    ShowChannels(
            Channels channels,
            ChannelHealth health,
            OrderNumbers orderNumbers,
            JdbcClient jdbc,
            Clock clock) {
        this.channels = channels;
        this.health = health;
        this.orderNumbers = orderNumbers;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Counted(Map<String, Map<String, Long>> byAccount, Instant at) {}

    /**
     * One kind of call.
     *
     * @param meanMillis how long it takes, null before the first one since this instance started
     * @param longestMillis of the last minutes
     */
    public record Calls(
            ChannelHealth.Calls lately, @Nullable Long meanMillis, @Nullable Long longestMillis) {}

    /**
     * One account.
     *
     * @param takesNewOrders whether it is the one of its method and mode that does: an older one
     *     serves what began with it
     * @param orders of the last 24 hours by their status
     */
    public record Shown(
            ChannelAccount account,
            boolean takesNewOrders,
            ChannelHealth.Health health,
            List<Calls> calls,
            Map<String, Long> orders,
            List<Credential> credentials) {}

    /** All accounts, channel by channel. */
    public List<Shown> all() {
        var orders = orders();
        return channels.accounts().stream()
                .map(account -> shown(account, orders.getOrDefault(account.id(), Map.of())))
                .toList();
    }

    private Shown shown(ChannelAccount account, Map<String, Long> orders) {
        return new Shown(
                account,
                channels.accountFor(account.channel().method(), account.mode())
                        .filter(account::equals)
                        .isPresent(),
                health.of(account.id(), null),
                Stream.of(account.id(), CallGuard.ofCharges(account.id()))
                        .flatMap(guard ->
                                health.calls(guard).stream().map(calls -> calls(guard, calls)))
                        .toList(),
                new TreeMap<>(orders),
                channels.ability(account.id(), TellsCredentials.class)
                        .map(channel -> channel.credentials(account.id()))
                        .orElse(List.of()));
    }

    private static Calls calls(String guard, ChannelHealth.Calls lately) {
        var timers =
                Metrics.globalRegistry
                        .find("ferry.channel.calls")
                        .tag("account", guard)
                        .tag("operation", lately.operation())
                        .timers();
        var count = timers.stream().mapToLong(Timer::count).sum();
        if (count == 0) {
            return new Calls(lately, null, null);
        }
        var total =
                timers.stream()
                        .mapToLong(timer -> Math.round(timer.totalTime(TimeUnit.MILLISECONDS)))
                        .sum();
        var longest =
                timers.stream()
                        .mapToLong(timer -> Math.round(timer.max(TimeUnit.MILLISECONDS)))
                        .max();
        return new Calls(lately, total / count, longest.orElse(0));
    }

    private synchronized Map<String, Map<String, Long>> orders() {
        var now = clock.instant();
        var known = counted;
        if (known != null && now.isBefore(known.at().plus(FRESH))) {
            return known.byAccount();
        }
        var found = new HashMap<String, Map<String, Long>>();
        // Order numbers begin with their time, so that the primary key knows which are of the day.
        jdbc.sql(
                        """
                        select account_id, status, count(*) from attempt
                         where order_number >= ? and created_at >= ?
                         group by account_id, status
                        """)
                .param(orderNumbers.firstPossible(now.minus(REACH)))
                .param(Timestamp.from(now.minus(REACH)))
                .query(row -> {
                    found.computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                            .put(row.getString(2), row.getLong(3));
                });
        counted = new Counted(found, now);
        return found;
    }
}
