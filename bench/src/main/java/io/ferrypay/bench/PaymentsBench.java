package io.ferrypay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

@CommandLine.Command(
        name = "payments",
        mixinStandardHelpOptions = true,
        description = {
            "Rounds of: raw inserts of one create's rows, creates at the payment service, creates through the gateway, whole payments",
            "(create, QR code, paid in the sandbox's wallet, signed notification, signed webhook at the shop). Medians over the rounds,",
            "and the processor time of one request in each process. An error, or a part in which nothing was done, ends it with 1."
        })
final class PaymentsBench implements Callable<Integer> {

    /** What is measured, in this order. */
    enum Piece {
        raw("raw inserts of the same rows"),
        service("create at the service"),
        gateway("create through the gateway"),
        whole("whole payment to webhook");

        private final String title;

        Piece(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private static final String PAYMENTS = "/v2/payments";
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
            description = {
                "Most seconds before each part that are not counted (default: ${DEFAULT-VALUE});",
                "counting begins as soon as a request no longer gets cheaper."
            },
            defaultValue = "60")
    private int warmUpSeconds;

    @CommandLine.Option(
            names = "--rounds",
            description = "How often all parts are run in turn (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int rounds;

    @CommandLine.Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "Of ${COMPLETION-CANDIDATES} only these (default: all).")
    private Set<Piece> only = EnumSet.allOf(Piece.class);

    @CommandLine.Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where to write the figures as JSON.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        var target = Target.fromEnvironment();
        var cpu = new CpuTimes(target.processes());
        var creates = load(clients, cpu);
        var whole = load(shoppers, cpu);
        var shop = new Shopfront(Math.max(clients, shoppers));
        var token = new GatewayToken(target.gatewayKey(), DemoShop.idOf(shop, target));
        var report = new Report();
        var raw = RawInserts.prepare(target);
        try (var sink = new WebhookSink()) {
            for (var round = 1; round <= rounds; round++) {
                System.err.printf("round %d of %d%n", round, rounds);
                for (var piece : only) {
                    report.add(
                            switch (piece) {
                                case raw -> withoutErrors(creates.run(piece.title(), raw::client));
                                case service ->
                                        creates.run(
                                                piece.title(),
                                                () ->
                                                        () ->
                                                                shop.create(
                                                                        target.paymentUrl()
                                                                                + PAYMENTS,
                                                                        token.current()));
                                case gateway ->
                                        creates.run(
                                                piece.title(),
                                                () ->
                                                        () ->
                                                                shop.create(
                                                                        target.gatewayUrl()
                                                                                + PAYMENTS,
                                                                        target.apiKey()));
                                case whole ->
                                        whole.run(
                                                piece.title(),
                                                () -> () -> wholePayment(shop, sink, target));
                            });
                }
            }
        } finally {
            raw.drop();
        }
        report.print(System.out);
        System.out.println();
        report.printShare(System.out, Piece.service.title(), Piece.raw.title());
        report.printShare(System.out, Piece.gateway.title(), Piece.service.title());
        if (json != null) {
            Files.writeString(
                    json,
                    JsonMapper.shared()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(
                                    Map.of("machine", machine(), "rounds", report.results())));
        }
        report.problems().forEach(System.err::println);
        return report.problems().isEmpty() ? 0 : 1;
    }

    private Load load(int atOnce, CpuTimes cpu) {
        return new Load(
                atOnce, Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds), cpu);
    }

    /** Everything else is compared with it, so without it there is nothing to say. */
    private static Load.Result withoutErrors(Load.Result raw) {
        if (raw.errors() > 0 || raw.count() == 0) {
            throw new IllegalStateException(
                    "the raw inserts failed " + raw.errors() + " times: " + raw.firstError());
        }
        return raw;
    }

    private static void wholePayment(Shopfront shop, WebhookSink sink, Target target)
            throws IOException, InterruptedException {
        var payment =
                shop.createAndRead(target.gatewayUrl() + PAYMENTS, target.apiKey(), sink.url());
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

    static Map<String, Object> machine() {
        return Map.of(
                "processors",
                Runtime.getRuntime().availableProcessors(),
                "java",
                System.getProperty("java.version"),
                "at",
                Instant.now().toString());
    }
}
