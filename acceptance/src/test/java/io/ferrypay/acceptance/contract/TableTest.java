package io.ferrypay.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.acceptance.RunningPlatform;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Writes what the others have found into {@code docs/channels.md}, and fails when that is not what
 * is committed. Comes after them, and has nothing to say when not all of them have run.
 */
@Isolated
@Order(100)
class TableTest {

    private static final Path FILE = Path.of("../docs/channels.md");
    private static final String BEGIN = "<!-- written by the channel contract: begin -->\n";
    private static final String END = "<!-- written by the channel contract: end -->\n";

    @Test
    void the_table_in_the_documents_is_what_was_found() throws IOException {
        var companies = Company.all(new RunningPlatform()).stream().map(Company::title).toList();
        var behaviours = behaviours();
        Assumptions.assumeTrue(
                behaviours.stream()
                        .allMatch(behaviour ->
                                companies.stream()
                                        .allMatch(company ->
                                                Findings.of(behaviour, company).isPresent())),
                "only a part of the contract was run, or it was not kept");

        var committed = Files.readString(FILE);
        var begin = committed.indexOf(BEGIN);
        var end = committed.indexOf(END);
        assertThat(begin).as("the mark at which the table begins").isNotNegative();
        assertThat(end).as("the mark at which it ends").isGreaterThan(begin);
        var found =
                committed.substring(0, begin + BEGIN.length())
                        + table(companies, behaviours)
                        + committed.substring(end);
        Files.writeString(FILE, found);

        assertThat(committed)
                .as("docs/channels.md; what was found has been written into it: commit that")
                .isEqualTo(found);
    }

    /** In the order in which they are read. */
    private static List<String> behaviours() {
        return Stream.of(
                        ChannelContract.class,
                        StatementOfTheDayTest.class,
                        CredentialRotationTest.class)
                .flatMap(tests ->
                        Arrays.stream(tests.getDeclaredMethods())
                                .filter(method -> method.isAnnotationPresent(Test.class))
                                .sorted(Comparator.comparingInt(TableTest::order))
                                .map(Method::getName))
                .toList();
    }

    private static int order(Method method) {
        var order = method.getAnnotation(Order.class);
        return order == null ? Order.DEFAULT : order.value();
    }

    private static String table(List<String> companies, List<String> behaviours) {
        var notes = new LinkedHashMap<String, Integer>();
        var table = new StringBuilder("| | ").append(String.join(" | ", companies)).append(" |\n");
        table.append("|---|").append(":-:|".repeat(companies.size())).append('\n');
        for (var behaviour : behaviours) {
            var cells = new ArrayList<String>();
            cells.add(behaviour.replace('_', ' '));
            for (var company : companies) {
                var lacking = Findings.of(behaviour, company).orElseThrow().lacking();
                cells.add(lacking == null ? "✓" : "– " + note(notes, company + ": " + lacking));
            }
            table.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return table
                + "\n"
                + notes.entrySet().stream()
                        .map(note -> note.getValue() + ". " + note.getKey() + "\n")
                        .collect(Collectors.joining());
    }

    private static String note(Map<String, Integer> notes, String text) {
        return "(" + notes.computeIfAbsent(text, _ -> notes.size() + 1) + ")";
    }
}
