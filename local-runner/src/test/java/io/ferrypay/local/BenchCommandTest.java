package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

    @Test
    void an_option_keeps_its_value_beside_it() {
        assertThat(orders("payments", "--json", "out.json", "--rounds=1"))
                .containsExactly("payments", "--json", "out.json", "--rounds=1");
    }

    @Test
    void payments_are_measured_when_nothing_is_named() {
        assertThat(orders()).containsExactly("payments");
        assertThat(orders("--json", "out.json")).containsExactly("payments", "--json", "out.json");
    }

    @Test
    void help_behind_the_name_is_the_help_of_that_bench() {
        assertThat(orders("payments", "--help")).containsExactly("payments", "--help");
    }

    private static List<String> orders(String... arguments) {
        var line = new String[arguments.length + 1];
        line[0] = "bench";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        var bench =
                (BenchCommand)
                        Ferry.commandLine().parseArgs(line).subcommand().commandSpec().userObject();
        return BenchCommand.orders(bench.arguments);
    }
}
