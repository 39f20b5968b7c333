package io.ferrypay.local;

import java.io.IOException;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** Finds the database server's process through the file it keeps in its own data folder. */
final class PostgresProcess {

    private PostgresProcess() {}

    static @Nullable Long pid(Workspace workspace) {
        try (var files = Files.walk(workspace.postgresData(), 2)) {
            var pidFile =
                    files.filter(file -> file.getFileName().toString().equals("postmaster.pid"))
                            .findFirst();
            return pidFile.isPresent()
                    ? Long.valueOf(Files.readAllLines(pidFile.get()).getFirst().strip())
                    : null;
        } catch (IOException | NumberFormatException _) {
            return null;
        }
    }
}
