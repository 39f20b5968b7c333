package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedTestsTest {

    @TempDir Path folder;

    private final Instant start = Instant.now().minusSeconds(60);

    @Test
    void failures_and_errors_are_told_with_their_first_words() throws Exception {
        report(
                "platform/money",
                """
                <testsuite>
                  <testcase classname="a.MoneyTest" name="fits"/>
                  <testcase classname="a.MoneyTest" name="rounds" time="0.1">
                    <failure message="expected 1&#10;  but was 2" type="x.AssertionError"><![CDATA[at a.B]]></failure>
                    <system-out>much</system-out>
                  </testcase>
                  <testcase classname="a.MoneyTest" name="waits"><error type="x.Timeout"/></testcase>
                </testsuite>
                """);

        var failed = FailedTests.below(folder, 2, start);

        assertThat(failed.told())
                .containsExactly(
                        "a.MoneyTest.rounds: expected 1 but was 2", "a.MoneyTest.waits: x.Timeout");
        assertThat(failed.more()).isZero();
    }

    @Test
    void reports_from_before_do_not_count() throws Exception {
        var old =
                report(
                        "bench",
                        "<testsuite><testcase classname='a' name='b'><error type='c'/></testcase></testsuite>");
        Files.setLastModifiedTime(old, FileTime.from(start.minus(Duration.ofHours(1))));

        assertThat(FailedTests.below(folder, 2, start).told()).isEmpty();
    }

    @Test
    void a_report_that_was_cut_off_is_told_too() throws Exception {
        report("bench", "<testsuite><testcase classname='a' name='b'>");

        assertThat(FailedTests.below(folder, 2, start).told())
                .containsExactly("TEST-some.xml is cut off: its tests did not end");
    }

    @Test
    void of_many_the_first_are_told_and_the_rest_counted() throws Exception {
        report(
                "bench",
                "<testsuite>"
                        + "<testcase classname='a' name='b'><error type='c'/></testcase>".repeat(25)
                        + "</testsuite>");

        var failed = FailedTests.below(folder, 2, start);

        assertThat(failed.told()).hasSize(20);
        assertThat(failed.more()).isEqualTo(5);
    }

    private Path report(String module, String xml) throws IOException {
        var reports = folder.resolve(module).resolve("target/surefire-reports");
        Files.createDirectories(reports);
        return Files.writeString(reports.resolve("TEST-some.xml"), xml);
    }
}
