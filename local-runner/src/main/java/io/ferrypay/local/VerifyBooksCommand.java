package io.ferrypay.local;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "verify-books",
        description =
                "Checks the running platform's books: sums, balances, chains, and what was told against what was booked. Exit 1 at a violation.")
final class VerifyBooksCommand implements Callable<Integer> {

    /** As {@code POST /internal/ledger/checks} answers. */
    record Report(String checkedAt, long violations, List<Check> checks, List<Head> heads) {}

    record Check(String rule, long looked, long violations, List<String> examples) {}

    record Head(String book, long journals, String hash) {}

    @Override
    public Integer call() throws InterruptedException {
        return print(
                TradeAdmin.check("The books", "/internal/ledger/checks", Report.class), System.out);
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
