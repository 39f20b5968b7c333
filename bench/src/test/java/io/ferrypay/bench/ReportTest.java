package io.ferrypay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Report report = new Report();

    @Test
    void figures_without_an_error_prove_something() {
        report.add(result("whole", 10, 80, 0));

        assertThat(report.problems()).isEmpty();
    }

    @Test
    void nothing_done_is_no_figure() {
        report.add(result("create", 10, 80, 0));
        report.add(result("whole", 0, 0, 0));

        assertThat(report.problems())
                .containsExactly(
                        "whole: none ended in the measured time, 4 clients at once; measure longer");
    }

    @Test
    void an_error_in_any_round_is_told() {
        report.add(result("whole", 10, 80, 0));
        report.add(result("whole", 10, 80, 3));

        assertThat(report.problems()).containsExactly("whole: 3 errors, the first: refused");
    }

    @Test
    void a_share_is_taken_round_by_round() {
        report.add(result("part", 10, 80, 0));
        report.add(result("whole", 20, 80, 0));
        report.add(result("part", 100, 80, 0));
        report.add(result("whole", 400, 80, 0));
        report.add(result("part", 30, 80, 0));
        report.add(result("whole", 40, 80, 0));
        var out = new ByteArrayOutputStream();

        report.printShare(new PrintStream(out, true, StandardCharsets.UTF_8), "part", "whole");

        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("part: 50 % of whole");
    }

    private static Load.Result result(String name, double perSecond, long count, long errors) {
        return new Load.Result(
                name, 4, 1, true, perSecond, 1, 2, 3, Map.of(), count, errors, "refused");
    }
}
