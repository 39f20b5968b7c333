package io.ferrypay.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes, at the first start, the keys by which services know each other and by which the pretend
 * payment companies and the platform know each other.
 */
final class Keys {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** What is there stays; a folder of an older version gets only what it lacks. */
    private static final List<String> WECHAT_FILES =
            List.of("platform-cert.pem", "v2-key.txt", "app-secret.txt", "message-token.txt");

    private Keys() {}

    private static List<String> identityFiles() {
        var files = new ArrayList<>(List.of("trusted.jwks"));
        Part.modules().forEach(module -> files.add(module + ".jwk"));
        return files;
    }

    private static boolean allExist(Path folder, List<String> files) {
        return files.stream().allMatch(file -> Files.exists(folder.resolve(file)));
    }

    static void prepare(Workspace workspace) {
        // All anew if one is missing: they are only good together, and nothing runs yet.
        if (!allExist(workspace.identityKeys(), identityFiles())) {
            io.ferrypay.identity.KeyFiles.generate(workspace.identityKeys(), Part.modules());
        }
        if (!allExist(workspace.wechatKeys(), WECHAT_FILES)) {
            generate(workspace, "--generate-wechat-keys=" + workspace.wechatKeys());
        }
        if (!Files.exists(workspace.jdpayKeys().resolve("md5-key.txt"))) {
            generate(workspace, "--generate-jdpay-keys=" + workspace.jdpayKeys());
        }
        if (!Files.exists(workspace.payeaseKeys().resolve("Public1024.key"))) {
            generate(workspace, "--generate-payease-keys=" + workspace.payeaseKeys());
        }
        if (!Files.exists(workspace.alipayKeys().resolve("md5-key.txt"))) {
            generate(workspace, "--generate-alipay-keys=" + workspace.alipayKeys());
        }
    }

    private static void generate(Workspace workspace, String order) {
        Command.run(
                "Making the channel keys",
                Build.extracted(workspace, Part.SANDBOX),
                workspace.logs().resolve("keys.log"),
                LIMIT,
                Map.of(),
                List.of(
                        Command.java(),
                        "-jar",
                        Build.jar(workspace, Part.SANDBOX).toString(),
                        order));
    }
}
