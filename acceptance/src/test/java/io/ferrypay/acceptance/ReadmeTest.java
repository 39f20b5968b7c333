package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The README's five minutes as a merchant, typed as they stand there. */
@Isolated
class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern COMMANDS = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

    @TempDir Path folder;

    @Test
    void the_quickstart_works_as_it_is_written() throws Exception {
        var readme = Files.readString(ROOT.resolve("README.md"));
        var commands =
                COMMANDS.matcher(readme)
                        .results()
                        .map(block -> block.group(1))
                        .collect(Collectors.joining("\necho\n"));
        assertThat(commands).contains("/v2/payments").contains("/v2/webhook_endpoints");

        var platform = new RunningPlatform();
        // The platform under test has a folder and ports of its own.
        var script =
                commands.replace("./ferry", ROOT.resolve("ferry").toString())
                        .replace(".ferry/", System.getenv("FERRY_HOME") + "/")
                        .replace("http://localhost:7200", platform.url);
        var process =
                new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("\"redirect_url\":\"" + platform.url + "/pay/");
        assertThat(said).contains("\"status\":\"created\"");
        assertThat(said).contains("\"secret\":\"whsec_");
        assertThat(said).doesNotContain("application/problem+json").doesNotContain("\"code\":");
    }
}
