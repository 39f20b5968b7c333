package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.local.VerifyAuditCommand.Head;
import io.ferrypay.local.VerifyAuditCommand.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyAuditCommandTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void an_audit_in_order_ends_with_zero_and_its_head_can_be_kept() {
        var hash = "5a".repeat(32);

        assertThat(print(0, List.of(), hash)).isZero();

        assertThat(text()).contains("12 entries, head 12:" + hash, "in order");
        assertThat(VerifyAuditCommand.queryOf("12:" + hash)).isEqualTo("?sequence=12&hash=" + hash);
    }

    @Test
    void a_violation_ends_with_one_and_is_shown() {
        assertThat(print(1, List.of("7: not what was written"), "5a")).isEqualTo(1);

        assertThat(text()).contains("WRONG 7: not what was written", "1 violations");
    }

    @Test
    void what_is_no_head_is_refused() {
        for (var wrong : List.of("12", "12:xyz", "12:5a&x=1")) {
            assertThatThrownBy(() -> VerifyAuditCommand.queryOf(wrong)).isInstanceOf(Refusal.class);
        }
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private int print(long violations, List<String> examples, String hash) {
        return VerifyAuditCommand.print(
                new Report("", 12, violations, examples, new Head(12, hash)),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
}
