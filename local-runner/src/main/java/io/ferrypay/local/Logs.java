package io.ferrypay.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "logs",
        description = "Shows the end of a service's log, or of all logs.")
final class Logs implements Callable<Integer> {

    @CommandLine.Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "Such as payment-channel-service; without it all.")
    private @Nullable String service;

    @CommandLine.Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many lines (default: ${DEFAULT-VALUE}).",
            defaultValue = "50")
    private int lines;

    @CommandLine.Option(
            names = {"-f", "--follow"},
            description = "Go on showing new lines until interrupted; needs a SERVICE.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var workspace = Workspace.current();
        if (lines < 1 || lines > 100_000) {
            throw new Refusal("--lines takes a number from 1 to 100000.");
        }
        if (service == null) {
            if (follow) {
                throw new Refusal("--follow needs the name of one service.");
            }
            for (var part : Part.values()) {
                System.out.println("== " + part.module());
                show(workspace.log(part));
            }
            return 0;
        }
        var wanted = service;
        var part =
                Part.named(wanted)
                        .orElseThrow(() ->
                                new Refusal(
                                        "No service is called "
                                                + wanted
                                                + ". There are: "
                                                + String.join(", ", Part.modules())
                                                + "."));
        show(workspace.log(part));
        if (follow) {
            return new ProcessBuilder("tail", "-n", "0", "-F", workspace.log(part).toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        }
        return 0;
    }

    private void show(Path log) {
        System.out.println(Files.exists(log) ? Command.tail(log, lines) : "(nothing logged yet)");
    }
}
