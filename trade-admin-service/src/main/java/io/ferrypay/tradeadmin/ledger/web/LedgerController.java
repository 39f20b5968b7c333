package io.ferrypay.tradeadmin.ledger.web;

import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.ledger.AccountType;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.ledger.BooksReport;
import io.ferrypay.tradeadmin.ledger.CheckBooks;
import io.ferrypay.tradeadmin.ledger.JournalKind;
import io.ferrypay.tradeadmin.ledger.ReadBooks;
import io.ferrypay.tradeadmin.ledger.ReadBooks.AccountBalance;
import io.ferrypay.tradeadmin.ledger.ReadBooks.JournalQuery;
import io.ferrypay.tradeadmin.ledger.ReadBooks.Movement;
import io.ferrypay.tradeadmin.ledger.ReadBooks.PostedJournal;
import io.ferrypay.tradeadmin.ledger.ReadBooks.Statement;
import io.ferrypay.tradeadmin.ledger.ReadBooks.TypeBalance;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * {@code /internal/ledger}: the books for services, and {@code /console/api/ledger} for staff.
 * Amounts are decimal strings, debits positive and credits negative; lists go on with the {@code
 * next} of the page before.
 */
@RestController
@RequestMapping(
        path = {"/internal/ledger", "/console/api/ledger"},
        produces = MediaType.APPLICATION_JSON_VALUE)
class LedgerController {

    private static final int LARGEST_PAGE = 500;
    private static final int USUAL_PAGE = 50;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final ReadBooks books;
    private final CheckBooks checks;

    LedgerController(ReadBooks books, CheckBooks checks) {
        this.books = books;
        this.checks = checks;
    }

    record Line(
            String type,
            String side,
            String currency,
            long accounts,
            String debit,
            String credit,
            String balance) {

        static Line of(TypeBalance balance) {
            return new Line(
                    balance.type().wireName(),
                    balance.type().side().wireName(),
                    balance.debit().currency().code(),
                    balance.accounts(),
                    balance.debit().toDecimalString(),
                    balance.credit().toDecimalString(),
                    balance.debit().minus(balance.credit()).toDecimalString());
        }
    }

    record Total(String currency, String debit, String credit, boolean balanced) {}

    record TrialBalance(String book, List<Line> lines, List<Total> totals) {}

    /** Debits and credits by type and currency; in each currency they must be equal. */
    @GetMapping("/trial-balance")
    TrialBalance trialBalance(@RequestParam(required = false) @Nullable String book) {
        var of = book(book);
        var balances = books.trialBalance(of);
        var debits = new LinkedHashMap<String, Money>();
        var credits = new LinkedHashMap<String, Money>();
        for (var balance : balances) {
            var currency = balance.debit().currency().code();
            debits.merge(currency, balance.debit(), Money::plus);
            credits.merge(currency, balance.credit(), Money::plus);
        }
        var totals =
                debits.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(debit -> {
                            var credit = credits.getOrDefault(debit.getKey(), debit.getValue());
                            return new Total(
                                    debit.getKey(),
                                    debit.getValue().toDecimalString(),
                                    credit.toDecimalString(),
                                    debit.getValue().equals(credit));
                        })
                        .toList();
        return new TrialBalance(of.wireName(), balances.stream().map(Line::of).toList(), totals);
    }

    record AccountView(
            String id, String path, String currency, String side, String balance, long entries) {

        static AccountView of(AccountBalance account) {
            return new AccountView(
                    String.valueOf(account.id()),
                    account.account().path(),
                    account.balance().currency().code(),
                    account.account().type().side().wireName(),
                    account.balance().toDecimalString(),
                    account.entries());
        }
    }

    record Page<T>(List<T> data, @Nullable String next) {

        static <S, T> Page<T> of(
                List<S> found, int limit, Function<S, T> view, Function<S, String> place) {
            var more = found.size() > limit;
            var data = more ? found.subList(0, limit) : found;
            return new Page<>(
                    data.stream().map(view).toList(), more ? place.apply(data.getLast()) : null);
        }
    }

    /** The branches of one type of account; the types are the lines of the trial balance. */
    @GetMapping("/accounts")
    Page<AccountView> accounts(
            @RequestParam(required = false) @Nullable String book,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        var of = book(book);
        var accountType = required("type", type, AccountType::ofWireName);
        var size = limit(limit);
        var after = number("cursor", cursor);
        return Page.of(
                books.accounts(
                        of,
                        accountType,
                        name("owner", owner),
                        name("currency", currency),
                        after == null ? 0 : after,
                        size + 1),
                size,
                AccountView::of,
                account -> String.valueOf(account.id()));
    }

    record EntryView(String account, String currency, String amount) {}

    record JournalView(
            String book,
            long sequence,
            String eventId,
            String kind,
            String subject,
            @Nullable String payment,
            Instant happenedAt,
            Instant postedAt,
            String hash,
            List<EntryView> entries) {

        static JournalView of(PostedJournal posted) {
            var journal = posted.journal();
            return new JournalView(
                    journal.book().wireName(),
                    posted.sequence(),
                    journal.eventId(),
                    journal.kind().wireName(),
                    journal.subject(),
                    journal.paymentId(),
                    journal.happenedAt(),
                    posted.postedAt(),
                    posted.hash(),
                    journal.entries().stream()
                            .map(entry ->
                                    new EntryView(
                                            entry.account().path(),
                                            entry.amount().currency().code(),
                                            entry.amount().toDecimalString()))
                            .toList());
        }
    }

    /** The newest first, narrowed by whatever is named. */
    @GetMapping("/journals")
    Page<JournalView> journals(
            @RequestParam(required = false) @Nullable String book,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String payment,
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable String account,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        var size = limit(limit);
        var wanted =
                new JournalQuery(
                        book(book),
                        kind == null ? null : required("kind", kind, JournalKind::ofWireName),
                        name("subject", subject),
                        name("payment", payment),
                        name("event", event),
                        number("account", account),
                        name("owner", owner),
                        from == null ? null : time("from", from),
                        to == null ? null : time("to", to),
                        number("cursor", cursor),
                        size + 1);
        return Page.of(
                books.journals(wanted),
                size,
                JournalView::of,
                journal -> String.valueOf(journal.sequence()));
    }

    /** One journal by its number in the book. */
    @GetMapping("/journals/{sequence}")
    JournalView journal(
            @PathVariable String sequence, @RequestParam(required = false) @Nullable String book) {
        if (!NUMBER.matcher(sequence).matches()) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
        return books.journal(book(book), Long.parseLong(sequence))
                .map(JournalView::of)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    record MovementView(
            long sequence,
            Instant postedAt,
            Instant happenedAt,
            String kind,
            String subject,
            @Nullable String payment,
            String amount,
            String balance) {

        static MovementView of(Movement movement) {
            return new MovementView(
                    movement.sequence(),
                    movement.postedAt(),
                    movement.happenedAt(),
                    movement.kind(),
                    movement.subject(),
                    movement.paymentId(),
                    movement.amount().toDecimalString(),
                    movement.balance().toDecimalString());
        }
    }

    /**
     * @param complete whether all movements are here; the CSV always has all
     */
    record StatementView(
            String account,
            String currency,
            Instant from,
            Instant to,
            String opening,
            String closing,
            long movementCount,
            boolean complete,
            List<MovementView> movements) {}

    /**
     * An account from a time up to before another, by the time of posting; with its first 500
     * movements.
     */
    @GetMapping("/accounts/{id}/statement")
    StatementView statement(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        var statement = find(id, from, to);
        var movements =
                books.movements(statement, statement.after(), statement.opening(), LARGEST_PAGE);
        return new StatementView(
                statement.account().account().path(),
                statement.opening().currency().code(),
                statement.from(),
                statement.to(),
                statement.opening().toDecimalString(),
                statement.closing().toDecimalString(),
                statement.movements(),
                movements.size() == statement.movements(),
                movements.stream().map(MovementView::of).toList());
    }

    /** The same for a spreadsheet, with every movement. */
    @GetMapping(path = "/accounts/{id}/statement.csv", produces = "text/csv")
    ResponseEntity<StreamingResponseBody> statementCsv(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        var statement = find(id, from, to);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"statement-" + statement.account().id() + ".csv\"")
                .body(out -> new StatementCsv(books).write(statement, out));
    }

    private Statement find(String id, @Nullable String from, @Nullable String to) {
        if (!NUMBER.matcher(id).matches()) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
        var begin = time("from", from);
        var end = time("to", to);
        if (end.isBefore(begin)) {
            throw ApiException.invalid("to", "out_of_range", "must not be before from");
        }
        return books.statement(Long.parseLong(id), begin, end)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    record CheckView(String rule, long looked, long violations, List<String> examples) {}

    record HeadView(String book, long journals, String hash) {}

    record Report(
            Instant checkedAt, long violations, List<CheckView> checks, List<HeadView> heads) {

        static Report of(BooksReport report) {
            return new Report(
                    report.checkedAt(),
                    report.violations(),
                    report.checks().stream()
                            .map(check ->
                                    new CheckView(
                                            check.rule(),
                                            check.looked(),
                                            check.violations(),
                                            check.examples()))
                            .toList(),
                    report.heads().stream()
                            .map(head -> new HeadView(head.book(), head.journals(), head.hash()))
                            .toList());
        }
    }

    /** Checks all books now. */
    @PostMapping("/checks")
    Report check() {
        return Report.of(checks.check());
    }

    private static Book book(@Nullable String name) {
        return required("book", name, Book::ofWireName);
    }

    private static <T> T required(
            String field, @Nullable String text, Function<String, Optional<T>> reader) {
        if (text == null) {
            throw ApiException.invalid(field, "required", "must be given");
        }
        return reader.apply(text)
                .orElseThrow(
                        () -> ApiException.invalid(field, "not_allowed", "is not one we know"));
    }

    private static @Nullable String name(String field, @Nullable String text) {
        if (text != null && !NAME.matcher(text).matches()) {
            throw ApiException.invalid(field, "malformed", "must be an id");
        }
        return text;
    }

    private static @Nullable Long number(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw ApiException.invalid(field, "malformed", "must be one we gave");
        }
        return Long.valueOf(text);
    }

    private static int limit(@Nullable String text) {
        var number = number("limit", text);
        if (number == null) {
            return USUAL_PAGE;
        }
        if (number < 1 || number > LARGEST_PAGE) {
            throw ApiException.invalid(
                    "limit", "out_of_range", "must be from 1 to " + LARGEST_PAGE);
        }
        return number.intValue();
    }

    private static Instant time(String field, @Nullable String text) {
        if (text == null) {
            throw ApiException.invalid(field, "required", "must be given");
        }
        try {
            var time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH)
                    || time.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
                throw ApiException.invalid(field, "out_of_range", "must be a real time");
            }
            return time;
        } catch (DateTimeParseException _) {
            throw ApiException.invalid(
                    field, "malformed", "must be a time such as 2026-11-24T00:00:00Z");
        }
    }
}
