package io.ferrypay.reconcile.download.web;

import io.ferrypay.identity.ForServices;
import io.ferrypay.identity.ServiceCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.reconcile.compare.ReadDifferences;
import io.ferrypay.reconcile.compare.ReadDifferences.Day;
import io.ferrypay.reconcile.compare.ReadDifferences.Difference;
import io.ferrypay.reconcile.compare.ReconcileDay;
import io.ferrypay.reconcile.compare.Reconciled;
import io.ferrypay.reconcile.convert.StatementFormat;
import io.ferrypay.reconcile.download.DownloadStatement;
import io.ferrypay.reconcile.load.ReceiveStatement;
import io.ferrypay.reconcile.load.StatementState;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/reconciliation}: days, what differs on them, and what is done by hand, for
 * whoever runs the platform. Staff have the console.
 */
@RestController
@ForServices("job-service")
@RequestMapping(path = "/internal/reconciliation", produces = MediaType.APPLICATION_JSON_VALUE)
class ReconciliationController {

    private static final int LARGEST_PAGE = 500;
    private static final ProblemCode BUSY =
            ProblemCode.temporary("account_busy", 409, "The account is being compared already");
    private static final ProblemCode NO_STATEMENT =
            ProblemCode.of("no_statement", 409, "There is no statement to compare with");

    private static final ProblemCode NOTHING_TO_CONFIRM =
            ProblemCode.of(
                    "nothing_to_confirm", 409, "No such file was handed in and compared that day");

    private final ReadDifferences differences;
    private final DownloadStatement download;
    private final ReceiveStatement receive;
    private final ReconcileDay reconcile;

    ReconciliationController(
            ReadDifferences differences,
            DownloadStatement download,
            ReceiveStatement receive,
            ReconcileDay reconcile) {
        this.differences = differences;
        this.download = download;
        this.receive = receive;
        this.reconcile = reconcile;
    }

    record Days(List<Day> data) {}

    record Differences(List<Difference> data) {}

    record State(String state) {

        static State of(StatementState state) {
            return new State(state.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Newest first, of the last 60 days. */
    @GetMapping("/days")
    Days days() {
        return new Days(differences.days());
    }

    @GetMapping("/days/{account}/{day}")
    Day day(@PathVariable String account, @PathVariable String day) {
        return differences.day(account, date(day)).orElseThrow(this::unknown);
    }

    /** Those that stand; the next page begins after the last id of the one before. */
    @GetMapping("/days/{account}/{day}/differences")
    Differences differences(
            @PathVariable String account,
            @PathVariable String day,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw ApiException.invalid("/limit", "not_allowed", "must be from 1 to 500");
        }
        return new Differences(differences.of(account, date(day), after, limit));
    }

    @PostMapping("/days/{account}/{day}/download")
    State download(@PathVariable String account, @PathVariable String day) {
        requireAccount(account);
        return State.of(download.download(account, date(day)));
    }

    /**
     * @param fresh whether our own records are taken anew
     */
    @PostMapping("/days/{account}/{day}/compare")
    Day compare(
            @PathVariable String account,
            @PathVariable String day,
            @RequestParam(defaultValue = "false") boolean fresh) {
        requireAccount(account);
        return switch (reconcile.again(account, date(day), fresh)) {
            case Reconciled.Compared _ -> day(account, day);
            case Reconciled.NothingToDo _ -> throw ApiException.of(NO_STATEMENT);
            case Reconciled.Busy _ -> throw ApiException.of(BUSY);
        };
    }

    /**
     * Somebody vouches for the file that was handed in, so that its day may be closed.
     *
     * @param sha256 of the file they mean
     * @param by who, such as {@code per_…}
     */
    @PostMapping("/days/{account}/{day}/confirm")
    Day confirm(
            ServiceCaller caller,
            @PathVariable String account,
            @PathVariable String day,
            @RequestParam String sha256,
            @RequestParam String by) {
        requireAccount(account);
        if (!by.matches("[A-Za-z0-9_./:@-]{1,100}")) {
            throw ApiException.invalid("/by", "wrong_format", "must name who says so");
        }
        if (!reconcile.confirm(account, date(day), sha256, caller.name() + "/" + by)) {
            throw ApiException.of(NOTHING_TO_CONFIRM);
        }
        return day(account, day);
    }

    /**
     * A file that came another way: the body is its bytes.
     *
     * @param sha256 what the sender says that the bytes have, lower-case hex
     */
    @PostMapping(path = "/statements", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    State upload(
            ServiceCaller caller,
            @RequestParam String account,
            @RequestParam String day,
            @RequestParam String format,
            @RequestParam String sha256,
            HttpServletRequest request)
            throws IOException {
        var channel = differences.channelOf(account).orElseThrow(this::unknown);
        var known =
                StatementFormat.ofWireName(format)
                        .orElseThrow(() ->
                                ApiException.invalid("/format", "not_allowed", "is not known"));
        if (!known.channel().equals(channel)) {
            throw ApiException.invalid("/format", "not_allowed", "is of another channel");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw ApiException.invalid("/sha256", "wrong_format", "must be 64 hex digits");
        }
        return State.of(
                receive.handedIn(
                        account,
                        date(day),
                        known,
                        sha256,
                        caller.name(),
                        request.getInputStream()));
    }

    private void requireAccount(String account) {
        if (!differences.knows(account)) {
            throw unknown();
        }
    }

    private ApiException unknown() {
        return ApiException.of(CommonProblems.NOT_FOUND);
    }

    private static LocalDate date(String day) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException _) {
            throw ApiException.invalid("/day", "wrong_format", "must be a day such as 2026-11-24");
        }
    }
}
