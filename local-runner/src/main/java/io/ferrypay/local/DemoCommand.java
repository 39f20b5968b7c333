package io.ferrypay.local;

import io.ferrypay.local.demo.DataDemo;
import io.ferrypay.local.demo.Demo;
import io.ferrypay.local.demo.EveryWay;
import io.ferrypay.local.demo.ReconcileDemo;
import io.ferrypay.local.demo.TerminalDemo;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "demo",
        description = {
            "Brings the platform up and carries one payment all the way: a shop's REST call, the pay page, the pretend WeChat wallet,",
            "WeChat's signed notification, and the signed webhook at the shop. With --all it pays by every method, flow and bank instead, and",
            "refunds each payment in part and then in full; with --terminal it plays a point of sale, --data fills a month of the past, and --reconcile compares a day with statements that lie. The platform goes on running afterwards."
        })
final class DemoCommand implements Callable<Integer> {

    @CommandLine.Option(
            names = "--json",
            description = "Print one JSON object instead of the timeline or the table.")
    private boolean json;

    @CommandLine.Option(
            names = "--all",
            description =
                    "Pay by every method, flow and bank, refund a part and then the rest; 1 unless all are paid and refunded.")
    private boolean all;

    @CommandLine.Option(
            names = "--terminal",
            description =
                    "Play a vendor's point of sale instead: paired, a sale, a refund under a PIN, the report.")
    private boolean terminal;

    @CommandLine.Option(
            names = "--data",
            description =
                    "Fill the last thirty days of the demo shop instead, so that the portal has something to show. Safe to repeat.")
    private boolean data;

    @CommandLine.Option(
            names = "--reconcile",
            description =
                    "Play a day whose statements differ in every way instead, and decide about all of it; 1 unless found is what was injected.")
    private boolean reconcile;

    @CommandLine.Option(
            names = "--payments-a-day",
            defaultValue = "25",
            description = "With --data: how many payments an ordinary day has.")
    private int paymentsADay;

    @Override
    public Integer call() throws InterruptedException {
        var workspace = Workspace.current();
        var progress = new Progress(System.err);
        var platform = new LocalPlatform(workspace, progress);
        platform.up();
        if (all) {
            return everyWay(
                    new EveryWay(
                            workspace.publicUrl(),
                            workspace.sandboxUrl(),
                            platform.demoKey(),
                            progress));
        }
        if (data) {
            return data(workspace, platform, progress);
        }
        if (reconcile) {
            return reconcile(workspace, platform, progress);
        }
        if (terminal) {
            new TerminalDemo(
                            workspace.publicUrl(),
                            workspace.sandboxUrl(),
                            platform.demoKey(),
                            System.out)
                    .run();
            return 0;
        }
        var outcome =
                new Demo(workspace.publicUrl(), workspace.sandboxUrl(), platform.demoKey()).run();
        if (json) {
            System.out.println(Json.MAPPER.writeValueAsString(outcome.asJson()));
            return 0;
        }
        var at = 0.0;
        for (var step : outcome.steps()) {
            at += step.milliseconds();
            System.out.printf(
                    Locale.ROOT, "%8.1f ms  %s (%.1f ms)%n", at, step.what(), step.milliseconds());
        }
        System.out.println();
        System.out.println(
                "payment    "
                        + outcome.paymentId()
                        + " "
                        + outcome.status()
                        + ", "
                        + outcome.amount()
                        + " "
                        + outcome.currency());
        System.out.println("WeChat no. " + outcome.channelReference());
        System.out.println(
                "webhook    " + outcome.webhookId() + ", signature verified by the shop");
        System.out.println();
        System.out.println(
                "Still running at " + workspace.publicUrl() + "; ./ferry down stops it.");
        return 0;
    }

    private int data(Workspace workspace, LocalPlatform platform, Progress progress)
            throws InterruptedException {
        var added =
                new DataDemo(
                                workspace.publicUrl(),
                                workspace.urlOf(Part.PAYMENT_CHANNEL),
                                workspace.identityKeys().resolve(Part.JOB.module() + ".jwk"),
                                platform.demoKey(),
                                progress,
                                Clock.systemUTC())
                        .run(paymentsADay);
        if (json) {
            System.out.println(Json.MAPPER.writeValueAsString(added.asJson()));
        } else if (added.days() == 0) {
            System.out.println("All thirty days are there already; nothing was added.");
        } else {
            System.out.printf(
                    Locale.ROOT,
                    "Added %d days: %d payments, %d of them paid, %d refunds; %d webhooks were heard.%n",
                    added.days(),
                    added.payments(),
                    added.paid(),
                    added.refunds(),
                    added.webhooks());
            System.out.println("No payment company knows of them: a refund would stay pending.");
        }
        return 0;
    }

    private int reconcile(Workspace workspace, LocalPlatform platform, Progress progress)
            throws InterruptedException {
        var demo =
                new ReconcileDemo(
                        new ReconcileDemo.Places(
                                workspace.publicUrl(),
                                workspace.sandboxUrl(),
                                workspace.urlOf(Part.PAYMENT_CHANNEL),
                                workspace.urlOf(Part.RECONCILE),
                                workspace.urlOf(Part.TRADE_ADMIN)),
                        platform.demoKey(),
                        workspace.identityKeys(),
                        progress,
                        System.out);
        var agrees = demo.run();
        var books =
                VerifyBooksCommand.print(
                        TradeAdmin.check(
                                "The books",
                                "/internal/ledger/checks",
                                VerifyBooksCommand.Report.class),
                        System.out);
        return agrees && books == 0 ? 0 : 1;
    }

    private int everyWay(EveryWay ways) throws InterruptedException {
        var tried = ways.run();
        if (json) {
            System.out.println(Json.MAPPER.writeValueAsString(tried.asJson()));
        } else {
            tried.print(System.out);
        }
        return tried.ok() ? 0 : 1;
    }
}
