package io.ferrypay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

@CommandLine.Command(
        name = "payments",
        mixinStandardHelpOptions = true,
        description = {
            "Rounds of: raw inserts of one create's rows, creates at the payment service, creates through the gateway, whole payments",
            "(create, QR code, paid in the sandbox's wallet, signed notification, signed webhook at the shop). Medians over the rounds."
        })
final class PaymentsBench implements Callable<Integer> {

    private static final long WEBHOOK_LIMIT_MILLIS = 30_000;

    @CommandLine.Option(
            names = "--clients",
            description = "Clients at once for creates (default: ${DEFAULT-VALUE}).",
            defaultValue = "16")
    private int clients;

    @CommandLine.Option(
            names = "--shoppers",
            description = "Shoppers at once for whole payments (default: ${DEFAULT-VALUE}).",
            defaultValue = "48")
    private int shoppers;

    @CommandLine.Option(
            names = "--seconds",
            description = "Measured seconds of each part (default: ${DEFAULT-VALUE}).",
            defaultValue = "8")
    private int seconds;

    @CommandLine.Option(
            names = "--warm-up",
            description =
                    "Seconds before each part that are not counted (default: ${DEFAULT-VALUE}).",
            defaultValue = "4")
    private int warmUpSeconds;

    @CommandLine.Option(
            names = "--rounds",
            description = "How often all parts are run in turn (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int rounds;

    @CommandLine.Option(names = "--json", description = "Where to write the figures as JSON.")
    private @Nullable Path json;

    private final JsonMapper mapper = JsonMapper.builder().build();

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        var target = Target.fromEnvironment();
        var shop = new Shopfront(Math.max(clients, shoppers));
        var sample =
                shop.createAndRead(target.gatewayUrl() + "/v2/payments", target.apiKey(), null);
        var token =
                new GatewayToken(
                        target.gatewayKey(), merchantOf(sample.path("id").asString(), target));
        var raw = RawInserts.prepare(target);
        var results = new LinkedHashMap<String, List<Load.Result>>();
        try (var sink = new WebhookSink()) {
            for (var round = 1; round <= rounds; round++) {
                System.err.printf("round %d of %d%n", round, rounds);
                var creates =
                        new Load(
                                clients,
                                Duration.ofSeconds(warmUpSeconds),
                                Duration.ofSeconds(seconds));
                note(results, creates.run("raw inserts of the same rows", raw::client));
                note(
                        results,
                        creates.run(
                                "create at the service",
                                () ->
                                        () ->
                                                shop.create(
                                                        target.paymentUrl() + "/v2/payments",
                                                        token.current())));
                note(
                        results,
                        creates.run(
                                "create through the gateway",
                                () ->
                                        () ->
                                                shop.create(
                                                        target.gatewayUrl() + "/v2/payments",
                                                        target.apiKey())));
                var whole =
                        new Load(
                                shoppers,
                                Duration.ofSeconds(warmUpSeconds),
                                Duration.ofSeconds(seconds));
                note(
                        results,
                        whole.run(
                                "whole payment to webhook",
                                () -> () -> wholePayment(shop, sink, target)));
            }
        } finally {
            raw.drop();
        }
        print(results);
        if (json != null) {
            Files.writeString(
                    json,
                    mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report(results)));
        }
        return results.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(result -> result.errors() > 0)
                ? 1
                : 0;
    }

    private static String merchantOf(String paymentId, Target target) throws SQLException {
        try (var connection =
                        java.sql.DriverManager.getConnection(
                                target.databaseUrl(),
                                "payment_channel",
                                target.databasePassword());
                var statement =
                        connection.prepareStatement(
                                "select merchant_id from payment where id = ?")) {
            statement.setString(1, paymentId);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static void wholePayment(Shopfront shop, WebhookSink sink, Target target)
            throws IOException, InterruptedException {
        var payment =
                shop.createAndRead(
                        target.gatewayUrl() + "/v2/payments", target.apiKey(), sink.url());
        var view =
                shop.post(
                        target.gatewayUrl()
                                + "/checkout/"
                                + payment.path("nonce").asString()
                                + "/attempts",
                        Map.of("method", "wechat"));
        shop.post(
                target.sandboxUrl() + "/control/wechat/codes/pay",
                Map.of("code_url", view.path("attempt").path("qr").path("content").asString()));
        sink.awaitPaid(payment.path("id").asString(), WEBHOOK_LIMIT_MILLIS);
    }

    private static void note(Map<String, List<Load.Result>> results, Load.Result result) {
        System.err.printf(
                Locale.ROOT,
                "  %-30s %8.0f/s  p50 %.1f ms  p99 %.1f ms  errors %d %s%n",
                result.name(),
                result.perSecond(),
                result.p50(),
                result.p99(),
                result.errors(),
                result.firstError());
        results.computeIfAbsent(result.name(), _ -> new ArrayList<>()).add(result);
    }

    private static double median(
            List<Load.Result> results, java.util.function.ToDoubleFunction<Load.Result> figure) {
        var sorted = results.stream().mapToDouble(figure).sorted().toArray();
        return sorted.length % 2 == 1
                ? sorted[sorted.length / 2]
                : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }

    private static void print(Map<String, List<Load.Result>> results) {
        var limit = median(results.values().iterator().next(), Load.Result::perSecond);
        System.out.printf(
                Locale.ROOT,
                "%-30s %8s %9s %9s %9s %9s %8s %8s%n",
                "medians",
                "clients",
                "per s",
                "p50 ms",
                "p99 ms",
                "max ms",
                "of raw",
                "errors");
        results.forEach((name, rounds) ->
                System.out.printf(
                        Locale.ROOT,
                        "%-30s %8d %9.0f %9.1f %9.1f %9.1f %7.0f%% %8d%n",
                        name,
                        rounds.getFirst().clients(),
                        median(rounds, Load.Result::perSecond),
                        median(rounds, Load.Result::p50),
                        median(rounds, Load.Result::p99),
                        median(rounds, Load.Result::max),
                        100 * median(rounds, Load.Result::perSecond) / limit,
                        rounds.stream().mapToLong(Load.Result::errors).sum()));
    }

    private Map<String, Object> report(Map<String, List<Load.Result>> results) {
        var machine =
                Map.of(
                        "processors",
                        Runtime.getRuntime().availableProcessors(),
                        "java",
                        System.getProperty("java.version"),
                        "at",
                        Instant.now().toString());
        return Map.of(
                "machine",
                machine,
                "seconds",
                seconds,
                "warm_up_seconds",
                warmUpSeconds,
                "rounds",
                results);
    }
}
