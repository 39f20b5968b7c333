package io.ferrypay.local.container;

import io.ferrypay.local.Refusal;
import io.ferrypay.local.demo.Demo;
import io.ferrypay.local.demo.ManyPayments;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A shop and its shoppers in a container beside the services. */
public final class Shopper {

    private Shopper() {}

    /**
     * @param arguments nothing for one payment, told step by step; {@code many PAYMENTS SHOPPERS}
     *     for as many by so many at once, and then 1 unless all of them were paid and told
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var gateway = setting("FERRY_GATEWAY_URL");
        var sandbox = setting("FERRY_SANDBOX_URL");
        var key = Files.readString(Path.of(setting("FERRY_TEST_KEY_FILE"))).strip();
        var here = InetAddress.getLocalHost();
        if (arguments.length == 3 && arguments[0].equals("many")) {
            var told =
                    new ManyPayments(gateway, sandbox, key, here)
                            .run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            told.print(System.out);
            System.exit(told.allPaidAndTold() ? 0 : 1);
        }
        var outcome = new Demo(gateway, sandbox, key, here).run();
        for (var step : outcome.steps()) {
            System.out.printf(
                    Locale.ROOT, "demo: %8.1f ms  %s%n", step.milliseconds(), step.what());
        }
        System.out.println(
                "demo: payment "
                        + outcome.paymentId()
                        + " is "
                        + outcome.status()
                        + ", its webhook "
                        + outcome.webhookId()
                        + " was signed right");
    }

    private static String setting(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new Refusal(name + " is not set.");
        }
        return value;
    }
}
