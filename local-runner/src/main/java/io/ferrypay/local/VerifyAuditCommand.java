package io.ferrypay.local;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "verify-audit",
        description =
                "Works out the chain of the running platform's audit, and prints its head. Exit 1 when an entry was changed.")
final class VerifyAuditCommand implements Callable<Integer> {

    private static final Pattern HEAD = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");

    @CommandLine.Option(
            names = "--head",
            paramLabel = "<number:hash>",
            description = "A head that was printed before and kept: it must be in the chain still.")
    private @Nullable String kept;

    /** As {@code POST /internal/audit/checks} answers. */
    record Report(
            String checkedAt, long entries, long violations, List<String> examples, Head head) {}

    record Head(long sequence, String hash) {}

    @Override
    public Integer call() throws InterruptedException {
        return print(
                TradeAdmin.check(
                        "The audit", "/internal/audit/checks" + queryOf(kept), Report.class),
                System.out);
    }

    static String queryOf(@Nullable String kept) {
        if (kept == null) {
            return "";
        }
        var head = HEAD.matcher(kept);
        if (!head.matches()) {
            throw new Refusal("--head takes what was printed: a number, a colon and 64 digits.");
        }
        return "?sequence=" + head.group(1) + "&hash=" + head.group(2);
    }

    /** The exit code: 0 if nothing is wrong. */
    static int print(Report report, PrintStream out) {
        report.examples().forEach(example -> out.println("WRONG " + example));
        out.printf(
                Locale.ROOT,
                "%d entries, head %d:%s%n",
                report.entries(),
                report.head().sequence(),
                report.head().hash());
        out.println(
                report.violations() == 0
                        ? "The audit is in order."
                        : report.violations() + " violations.");
        return report.violations() == 0 ? 0 : 1;
    }
}
