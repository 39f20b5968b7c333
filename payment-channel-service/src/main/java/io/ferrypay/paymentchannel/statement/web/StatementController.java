package io.ferrypay.paymentchannel.statement.web;

import io.ferrypay.identity.ForServices;
import io.ferrypay.paymentchannel.channel.ProvidesStatements.StatementAnswer;
import io.ferrypay.paymentchannel.statement.FetchStatement;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/channel-accounts}: what each account's company says of a day, as it said it. */
@RestController
@ForServices({"reconcile-service", "job-service"})
@RequestMapping("/internal/channel-accounts")
class StatementController {

    private static final ProblemCode NOT_READY =
            ProblemCode.temporary("statement_not_ready", 503, "The channel will have it later");
    private static final ProblemCode OUT_OF_RANGE =
            ProblemCode.of("statement_out_of_range", 404, "The channel will never have it");
    private static final ProblemCode FORGED =
            ProblemCode.of("statement_forged", 502, "The file does not fit the channel's mark");
    private static final ProblemCode UNAVAILABLE =
            ProblemCode.temporary("statement_unavailable", 502, "The channel did not give it");
    private static final Duration READY_LATER = Duration.ofMinutes(15);

    private final FetchStatement fetchStatement;

    StatementController(FetchStatement fetchStatement) {
        this.fetchStatement = fetchStatement;
    }

    /** Those that have statements. */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    AccountList accounts() {
        return new AccountList(
                fetchStatement.accounts().stream()
                        .map(account ->
                                new AccountView(
                                        account.id(),
                                        account.channel().wireName(),
                                        account.mode().livemode()))
                        .toList());
    }

    /**
     * The file of a Beijing day. Nothing is passed on before all of it is there, since only then is
     * it known to be worth anything; 204 when nothing happened on that day.
     */
    @GetMapping("/{account}/statements/{day}")
    void statement(
            @PathVariable String account, @PathVariable String day, HttpServletResponse response)
            throws IOException {
        pass(file -> fetchStatement.fetch(account, date(day), file), response);
    }

    /** The file of what was settled on a Beijing day, by the same rules. */
    @GetMapping("/{account}/settlement-files/{day}")
    void settlementFile(
            @PathVariable String account, @PathVariable String day, HttpServletResponse response)
            throws IOException {
        pass(file -> fetchStatement.fetchSettled(account, date(day), file), response);
    }

    private interface Fetch {
        Optional<StatementAnswer> into(Path file) throws IOException;
    }

    private static void pass(Fetch fetch, HttpServletResponse response) throws IOException {
        var file = Files.createTempFile("statement-", ".part");
        try {
            var answer =
                    fetch.into(file).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
            switch (answer) {
                case StatementAnswer.Complete complete -> send(complete, file, response);
                case StatementAnswer.EmptyDay _ ->
                        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                case StatementAnswer.NotReady _ ->
                        throw ApiException.of(NOT_READY).retryAfter(READY_LATER);
                case StatementAnswer.OutOfRange(var code) ->
                        throw ApiException.of(OUT_OF_RANGE, code);
                case StatementAnswer.Forged(var why) -> throw ApiException.of(FORGED, why);
                case StatementAnswer.Unknown(var why) -> throw ApiException.of(UNAVAILABLE, why);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void send(
            StatementAnswer.Complete complete, Path file, HttpServletResponse response)
            throws IOException {
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setContentLengthLong(complete.bytes());
        response.setHeader("Statement-Format", complete.format());
        response.setHeader("Statement-Sha256", complete.sha256());
        response.setHeader("Statement-Verified", String.valueOf(complete.verified()));
        Files.copy(file, response.getOutputStream());
    }

    private static LocalDate date(String day) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException _) {
            throw ApiException.invalid("/day", "wrong_format", "must be a day such as 2026-11-24");
        }
    }

    record AccountList(List<AccountView> accounts) {}

    record AccountView(String id, String channel, boolean livemode) {}
}
