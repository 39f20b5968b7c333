package io.ferrypay.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

@CommandLine.Command(
        name = "channels",
        mixinStandardHelpOptions = true,
        description = {
            "For each channel: payments a second from the shop's call to \"paid\" at the payment service, and what one call and one payment",
            "cost the service itself, the time of the pretended company taken off. Medians over the rounds. An error, or a channel by which",
            "nothing is paid, ends it with 1."
        })
final class ChannelsBench implements Callable<Integer> {

    @CommandLine.Option(
            names = "--shoppers",
            description = "Shoppers at once for the rates (default: ${DEFAULT-VALUE}).",
            defaultValue = "12")
    private int shoppers;

    @CommandLine.Option(
            names = "--seconds",
            description = "Measured seconds of each part (default: ${DEFAULT-VALUE}).",
            defaultValue = "6")
    private int seconds;

    @CommandLine.Option(
            names = "--warm-up",
            description = {
                "Most seconds before each rate that are not counted (default: ${DEFAULT-VALUE});",
                "counting begins as soon as a payment no longer gets cheaper."
            },
            defaultValue = "40")
    private int warmUpSeconds;

    @CommandLine.Option(
            names = "--rounds",
            description = "How often all channels are run in turn (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int rounds;

    @CommandLine.Option(
            names = "--only",
            split = ",",
            paramLabel = "CHANNEL",
            description = "Of ${COMPLETION-CANDIDATES} only these (default: all).")
    private Set<Channel> only = EnumSet.allOf(Channel.class);

    @CommandLine.Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where to write the figures as JSON.")
    private @Nullable Path json;

    private final Report report = new Report();
    private final Map<String, List<ChannelCost>> costs = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        var target = Target.fromEnvironment();
        var shop = new Shopfront(shoppers);
        var token = new GatewayToken(target.gatewayKey(), DemoShop.idOf(shop, target));
        var load =
                new Load(
                        shoppers,
                        Duration.ofSeconds(warmUpSeconds),
                        Duration.ofSeconds(seconds),
                        new CpuTimes(target.processes()));
        raiseLimits(shop, target);
        for (var round = 1; round <= rounds; round++) {
            System.err.printf("round %d of %d%n", round, rounds);
            for (var channel : only) {
                var shopper = new ChannelShopper(channel, shop, token, target);
                report.add(load.run(channel.title(), () -> shopper::pay));
                var cost = costOf(channel, shopper, new ServiceTimers(target));
                costs.computeIfAbsent(channel.title(), _ -> new ArrayList<>()).add(cost);
            }
        }
        report.print(System.out);
        printCosts(System.out);
        if (json != null) {
            Files.writeString(
                    json,
                    JsonMapper.shared()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(
                                    Map.of(
                                            "machine",
                                            PaymentsBench.machine(),
                                            "rounds",
                                            report.results(),
                                            "costs",
                                            costs)));
        }
        report.problems().forEach(System.err::println);
        return report.problems().isEmpty() ? 0 : 1;
    }

    /** No real payer's bank would let all these payments through; the pretended one now does. */
    private static void raiseLimits(Shopfront shop, Target target) throws IOException {
        var limit = Map.of("single", 1_000_000L, "daily", 1_000_000_000_000L);
        shop.post(
                target.sandboxUrl() + "/control/payease/settings",
                Map.of("limits", Map.of(Channel.BANK, limit)));
    }

    /** One payment after the other; what is still under way from before has ended. */
    private ChannelCost costOf(Channel channel, ChannelShopper shopper, ServiceTimers timers)
            throws IOException {
        shopper.pay();
        var before = timers.read();
        var lastCall = timers.lastCompanyCall();
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        var payments = 0;
        do {
            shopper.pay();
            payments++;
        } while (System.nanoTime() < end);
        var after = timers.read();
        return ChannelCost.of(
                channel.title(),
                payments,
                calls(channel, after).since(calls(channel, before)),
                timers.companyTime(lastCall, channel.path()),
                exchanges(after).since(exchanges(before)));
    }

    private static ServiceTimers.Time calls(Channel channel, ServiceTimers.Reading reading) {
        return reading.of(ServiceTimers.CALLS, "account=\"" + channel.account() + "\"");
    }

    private static ServiceTimers.Time exchanges(ServiceTimers.Reading reading) {
        return reading.of(ServiceTimers.REQUESTS, "uri=\"/checkout/{nonce}/attempts\"")
                .plus(reading.of(ServiceTimers.REQUESTS, "uri=\"/channels/"));
    }

    private void printCosts(PrintStream out) {
        out.printf(
                "%n%-24s %10s %12s %16s %16s %16s%n",
                "one at a time, medians",
                "calls",
                "company µs",
                "added µs/call",
                "rest µs/payment",
                "added µs/payment");
        costs.forEach((channel, rounds) ->
                out.printf(
                        Locale.ROOT,
                        "%-24s %10.1f %12.0f %16.0f %16.0f %16.0f%n",
                        channel,
                        median(rounds, ChannelCost::callsPerPayment),
                        median(rounds, ChannelCost::companyMicros),
                        median(rounds, ChannelCost::addedPerCall),
                        median(rounds, ChannelCost::restPerPayment),
                        median(rounds, ChannelCost::addedPerPayment)));
    }

    private static double median(List<ChannelCost> costs, ToDoubleFunction<ChannelCost> figure) {
        return Report.median(costs.stream().mapToDouble(figure));
    }
}
