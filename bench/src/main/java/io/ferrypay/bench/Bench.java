package io.ferrypay.bench;

import picocli.CommandLine;

/**
 * The command behind {@code ./ferry bench}; where the platform is comes from the environment
 * ({@link Target}).
 */
@CommandLine.Command(
        name = "./ferry bench",
        mixinStandardHelpOptions = true,
        subcommands = {PaymentsBench.class, ChannelsBench.class},
        description = "Measures the running platform.")
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
