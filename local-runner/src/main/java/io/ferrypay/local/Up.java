package io.ferrypay.local;

import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "up",
        description = {
            "Builds what has changed, starts PostgreSQL and every service, and waits until a shop is served.",
            "The platform goes on running after this command; ./ferry down stops it, data stays in .ferry/."
        })
final class Up implements Callable<Integer> {

    @Override
    public Integer call() {
        var workspace = Workspace.current();
        var platform = new LocalPlatform(workspace, new Progress(System.err));
        platform.up();
        platform.tellWhereItIs(System.out);
        return 0;
    }
}
