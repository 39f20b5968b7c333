package io.ferrypay.local;

import picocli.CommandLine;

/** The command line behind {@code ./ferry}. Exit codes: 0 done, 1 it went wrong, 2 wrong usage. */
@CommandLine.Command(
        name = "./ferry",
        description = "FerryPay on one machine.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "FerryPay 0.1.0",
        subcommands = {
            Up.class,
            DemoCommand.class,
            TestCommand.class,
            BenchCommand.class,
            FormatCommand.class,
            Status.class,
            Logs.class,
            VerifyBooksCommand.class,
            VerifyAuditCommand.class,
            Down.class
        },
        footer = {
            "",
            "Environment: FERRY_PORT_BASE first of eleven ports (7200), FERRY_HOME data folder (.ferry),",
            "FERRY_STARTUP_CACHES=off starts without the JVM's start-up caches, a list of services makes only theirs."
        })
public final class Ferry implements Runnable {

    @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    private Ferry() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Ferry());
        commandLine
                .getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
        commandLine.setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof Refusal) {
                command.getErr().println(failure.getMessage());
            } else {
                failure.printStackTrace(command.getErr());
            }
            return 1;
        });
        return commandLine;
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }
}
