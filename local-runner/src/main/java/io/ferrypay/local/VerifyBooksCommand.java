package io.ferrypay.local;

import com.nimbusds.jose.jwk.ECKey;
import io.ferrypay.identity.InternalTokens;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import tools.jackson.databind.PropertyNamingStrategies;

@CommandLine.Command(
        name = "verify-books",
        description =
                "Checks the running platform's books: sums, balances, chains, and what was told against what was booked. Exit 1 at a violation.")
final class VerifyBooksCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** As {@code POST /internal/ledger/checks} answers. */
    record Report(String checkedAt, long violations, List<Check> checks, List<Head> heads) {}

    record Check(String rule, long looked, long violations, List<String> examples) {}

    record Head(String book, long journals, String hash) {}

    @Override
    public Integer call() throws InterruptedException {
        var workspace = Workspace.current();
        if (PlatformState.running(workspace).isEmpty()) {
            throw new Refusal("The platform is not running. Start it with ./ferry up.");
        }
        return print(ask(workspace), System.out);
    }

    private static Report ask(Workspace workspace) throws InterruptedException {
        var url = workspace.urlOf(Part.TRADE_ADMIN) + "/internal/ledger/checks";
        var request =
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + token(workspace))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new Refusal(
                        "The books could not be checked: "
                                + Part.TRADE_ADMIN.module()
                                + " answers "
                                + answer.statusCode()
                                + ".");
            }
            return Json.MAPPER
                    .rebuild()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build()
                    .readValue(answer.body(), Report.class);
        } catch (IOException e) {
            throw new Refusal(
                    "The books could not be checked: "
                            + Part.TRADE_ADMIN.module()
                            + " does not answer.",
                    e);
        }
    }

    /** With the key of the service that gives orders on the clock. */
    private static String token(Workspace workspace) {
        var file = workspace.identityKeys().resolve(Part.JOB.module() + ".jwk");
        try {
            return new InternalTokens(ECKey.parse(Files.readString(file)), Clock.systemUTC())
                    .forService(Part.TRADE_ADMIN.module());
        } catch (IOException | ParseException e) {
            throw new Refusal("The key " + file + " can't be read.", e);
        }
    }

    /** The exit code: 0 if nothing is wrong. */
    static int print(Report report, PrintStream out) {
        for (var check : report.checks()) {
            out.printf(
                    Locale.ROOT,
                    "%-5s %-50s %8d looked at%s%n",
                    check.violations() == 0 ? "ok" : "WRONG",
                    check.rule().replace('_', ' '),
                    check.looked(),
                    check.violations() == 0 ? "" : ", " + check.violations() + " wrong");
            check.examples().forEach(example -> out.println("        " + example));
        }
        for (var head : report.heads()) {
            out.printf(
                    Locale.ROOT,
                    "%s book: %d journals, head %s%n",
                    head.book(),
                    head.journals(),
                    head.hash());
        }
        out.println(
                report.violations() == 0
                        ? "The books are in order."
                        : report.violations() + " violations.");
        return report.violations() == 0 ? 0 : 1;
    }
}
