package io.ferrypay.local;

import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "down",
        description =
                "Stops every process of this checkout's platform. Data stays in .ferry/ for the next start.")
final class Down implements Callable<Integer> {

    @CommandLine.Option(
            names = "--forget",
            description = "Also deletes all data, keys and passwords of this platform.")
    private boolean forget;

    @Override
    public Integer call() {
        var workspace = Workspace.current();
        var stopped = new LocalPlatform(workspace, new Progress(System.err)).down();
        System.out.println(stopped ? "stopped" : "nothing was running");
        if (forget) {
            Forget.everythingStored(workspace);
            System.out.println("data, keys and passwords deleted");
        }
        return 0;
    }
}
