package io.ferrypay.local;

import io.ferrypay.local.demo.Demo;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "demo",
        description = {
            "Brings the platform up and carries one payment all the way: a shop's REST call, the pay page, the pretend WeChat wallet,",
            "WeChat's signed notification, and the signed webhook at the shop. The platform goes on running afterwards."
        })
final class DemoCommand implements Callable<Integer> {

    @CommandLine.Option(
            names = "--json",
            description = "Print one JSON object instead of the timeline.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        var workspace = Workspace.current();
        var platform = new LocalPlatform(workspace, new Progress(System.err));
        platform.up();
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
}
