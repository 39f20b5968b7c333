package io.ferrypay.local;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "format",
        description = "Formats all Java, pom and web sources the way ./ferry test checks them.")
final class FormatCommand implements Callable<Integer> {

    @Override
    public Integer call() throws java.io.IOException, InterruptedException {
        var workspace = Workspace.current();
        var build = new Build(workspace, new Progress(System.err));
        var java = run(workspace.root(), List.of(build.maven(), "-q", "-B", "spotless:apply"));
        var web = run(workspace.root().resolve("web"), List.of("npm", "run", "format"));
        return Math.max(java, web);
    }

    private static int run(java.nio.file.Path folder, List<String> command)
            throws java.io.IOException, InterruptedException {
        return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    }
}
