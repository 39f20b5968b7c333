package io.ferrypay.local;

import java.nio.file.Files;
import java.util.List;

/** Removes what a platform has stored, and keeps what was built. */
final class Forget {

    private Forget() {}

    static void everythingStored(Workspace workspace) {
        for (var what :
                List.of(
                        "postgres",
                        "identity",
                        "channels",
                        "secrets.json",
                        "demo-api-key.txt",
                        "sandbox-journal.jsonl",
                        "state.json")) {
            var place = workspace.home().resolve(what);
            if (Files.exists(place)) {
                Build.deleteTree(place);
            }
        }
    }
}
