package io.ferrypay.paymentchannel.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementEndpointTest extends RunningServiceTest {

    private static final String SHA256 = "ab".repeat(32);

    private Set<Path> before = Set.of();

    @BeforeEach
    void count() throws Exception {
        before = filesUnderWay();
    }

    @Test
    void a_statement_is_passed_on_as_the_channel_sent_it() throws Exception {
        channel.states("a,b\n", new StatementAnswer.Complete("fake-csv", SHA256, 4, true));

        var answer = ask(FakeChannel.ACCOUNT, "2026-11-24");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("a,b\n");
        assertThat(answer.headers().firstValue("Statement-Format")).contains("fake-csv");
        assertThat(answer.headers().firstValue("Statement-Sha256")).contains(SHA256);
        assertThat(answer.headers().firstValue("Statement-Verified")).contains("true");
        nothingIsLeftBehind();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(new StatementAnswer.EmptyDay(), 204, ""),
                Arguments.of(new StatementAnswer.NotReady(), 503, "statement_not_ready"),
                Arguments.of(
                        new StatementAnswer.OutOfRange("too_old"), 404, "statement_out_of_range"),
                Arguments.of(new StatementAnswer.Forged("SHA-1"), 502, "statement_forged"),
                Arguments.of(
                        new StatementAnswer.Unknown("HTTP 500"), 502, "statement_unavailable"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void half_a_file_is_never_passed_on(StatementAnswer said, int status, String code)
            throws Exception {
        channel.states("half of a li", said);

        var answer = ask(FakeChannel.ACCOUNT, "2026-11-24");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("half of a li");
        if (!code.isEmpty()) {
            assertThat(codeOf(answer)).isEqualTo(code);
        }
        nothingIsLeftBehind();
    }

    @Test
    void accounts_with_statements_are_listed() {
        var listed = send(request("/internal/channel-accounts", service()), "GET", "");

        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(listed.body()).path("accounts").toString())
                .contains("{\"id\":\"fake-test\",\"channel\":\"wechat\",\"livemode\":false}");
    }

    @Test
    void an_unknown_account_has_none() {
        assertThat(ask("nobody", "2026-11-24").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20261124", "2026-02-30", "today"})
    void a_day_is_a_day(String day) {
        assertThat(ask(FakeChannel.ACCOUNT, day).statusCode()).isEqualTo(400);
    }

    @Test
    void merchants_and_strangers_get_none() {
        var path = "/internal/channel-accounts/fake-test/statements/2026-11-24";

        assertThat(send(request(path, token()), "GET", "").statusCode()).isEqualTo(403);
        assertThat(send(request(path, null), "GET", "").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> ask(String account, String day) {
        return send(
                request("/internal/channel-accounts/" + account + "/statements/" + day, service()),
                "GET",
                "");
    }

    private static String service() {
        return TestTokens.service("job-service");
    }

    /** The answer is there a moment before its file is gone. */
    private void nothingIsLeftBehind() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(before).containsAll(filesUnderWay()));
    }

    private static Set<Path> filesUnderWay() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(
                            file -> file.getFileName().toString().matches("statement-.*\\.part"))
                    .collect(Collectors.toSet());
        }
    }
}
