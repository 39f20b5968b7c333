package io.ferrypay.tradeadmin.statement.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.money.Currency;
import io.ferrypay.money.UnknownCurrency;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.statement.ReadStatements;
import io.ferrypay.tradeadmin.statement.WriteStatement;
import io.ferrypay.tradeadmin.statement.WriteStatement.Format;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** {@code /v2/balance_statements}: opening, every movement, closing, as a file. */
@Tag(
        name = "Balances",
        description = "What there is, how it came, and what became available together.")
@RestController
class StatementController {

    private static final String READ = "balances:read";
    private static final int LONGEST_DAYS = 366;
    private static final ProblemCode TOO_LONG =
            ProblemCode.of("statement_too_long", 422, "There are too many lines for this format");

    private final ReadStatements statements;
    private final WriteStatement files;

    StatementController(ReadStatements statements, WriteStatement files) {
        this.statements = statements;
        this.files = files;
    }

    @Operation(
            operationId = "getBalanceStatement",
            summary = "A statement of your balance as a file",
            description =
                    "Of all days from `from` to `to`, both included, as our bank counts days; at most"
                            + " 366. A statement of the past stays as it is.")
    @GetMapping(
            path = "/v2/balance_statements",
            produces = {"text/csv", "application/pdf", "application/xml"})
    ResponseEntity<StreamingResponseBody> statement(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(description = "ISO 4217.", example = "NZD") @RequestParam(required = false)
                    @Nullable String currency,
            @Parameter(description = "The first day.", example = "2026-11-01")
                    @RequestParam(required = false)
                    @Nullable String from,
            @Parameter(description = "The last day.", example = "2026-11-30")
                    @RequestParam(required = false)
                    @Nullable String to,
            @Parameter(
                            description =
                                    "`camt053` is ISO 20022 camt.053.001.08; a PDF has at most 20,000"
                                            + " lines.",
                            schema = @Schema(allowableValues = {"csv", "pdf", "camt053"}))
                    @RequestParam(required = false)
                    @Nullable String format) {
        caller.require(READ);
        var form =
                Format.ofWireName(format == null ? "csv" : format)
                        .orElseThrow(() ->
                                ApiException.invalid(
                                        "format", "not_allowed", "must be csv, pdf or camt053"));
        var first = day("from", from);
        var last = day("to", to);
        var days = ChronoUnit.DAYS.between(first, last);
        if (days < 0 || days >= LONGEST_DAYS) {
            throw ApiException.invalid(
                    "to", "out_of_range", "must be at most 366 days from the first day");
        }
        var statement =
                statements.read(
                        Book.of(caller.mode().livemode()),
                        caller.merchantId(),
                        known(currency),
                        first,
                        last);
        if (form == Format.PDF && statement.movements() > WriteStatement.MOST_PDF_LINES) {
            throw ApiException.of(TOO_LONG, "Take csv, or fewer days.");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(form.mediaType()))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + WriteStatement.fileName(statement, form) + "\"")
                .body(out -> files.write(statement, form, out));
    }

    private static LocalDate day(String name, @Nullable String text) {
        try {
            return LocalDate.parse(text == null ? "" : text);
        } catch (DateTimeParseException _) {
            throw ApiException.invalid(name, "wrong_format", "must be a day such as 2026-11-01");
        }
    }

    private static Currency known(@Nullable String currency) {
        try {
            return Currency.of(currency == null ? "" : currency);
        } catch (UnknownCurrency _) {
            throw ApiException.invalid("currency", "unknown_currency", "is not a currency we know");
        }
    }
}
