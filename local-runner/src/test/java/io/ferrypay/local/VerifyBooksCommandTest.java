package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.local.VerifyBooksCommand.Check;
import io.ferrypay.local.VerifyBooksCommand.Head;
import io.ferrypay.local.VerifyBooksCommand.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyBooksCommandTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void books_in_order_end_with_zero_and_tell_what_was_looked_at() {
        assertThat(print(0, List.of())).isZero();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("every chain is unbroken", "12 looked at", "head 5a5a", "in order");
    }

    @Test
    void a_violation_ends_with_one_and_is_shown() {
        assertThat(print(1, List.of("test/7: not what was posted"))).isEqualTo(1);

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("WRONG", "1 wrong", "test/7: not what was posted", "1 violations")
                .doesNotContain("in order");
    }

    private int print(long violations, List<String> examples) {
        var check = new Check("every_chain_is_unbroken", 12, violations, examples);
        var report =
                new Report("", violations, List.of(check), List.of(new Head("test", 12, "5a5a")));
        return VerifyBooksCommand.print(
                report, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
}
