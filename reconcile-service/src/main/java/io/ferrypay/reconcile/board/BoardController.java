package io.ferrypay.reconcile.board;

import io.ferrypay.events.StaffActs;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.reconcile.compare.ReadDifferences;
import io.ferrypay.reconcile.compare.ReadDifferences.Difference;
import io.ferrypay.reconcile.compare.ReconcileDay;
import io.ferrypay.reconcile.compare.Reconciled;
import io.ferrypay.reconcile.convert.StatementFormat;
import io.ferrypay.reconcile.download.DownloadStatement;
import io.ferrypay.reconcile.handling.TellDifferences;
import io.ferrypay.reconcile.load.OpenStatement;
import io.ferrypay.reconcile.load.ReceiveStatement;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * {@code /console/api/reconciliation}: days of channels' accounts. What becomes of a difference is
 * decided at trade-admin-service.
 */
@RestController
@RequestMapping("/console/api/reconciliation")
class BoardController {

    private static final String READ = "reconciliation:read";
    private static final String WRITE = "reconciliation:write";
    private static final String APPROVE = "reconciliation:approve";

    private static final int MOST_DAYS = 60;
    private static final int LARGEST_PAGE = 500;
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private static final ProblemCode BUSY =
            ProblemCode.temporary("account_busy", 409, "The account is being compared already");
    private static final ProblemCode NO_STATEMENT =
            ProblemCode.of("no_statement", 409, "There is no statement to compare with");
    private static final ProblemCode NOTHING_TO_CONFIRM =
            ProblemCode.of(
                    "nothing_to_confirm",
                    409,
                    "No such file was handed in by somebody else and compared that day");

    private final ReadBoard board;
    private final ReadDifferences differences;
    private final DifferencesCsv csv;
    private final DownloadStatement download;
    private final ReceiveStatement receive;
    private final OpenStatement statements;
    private final ReconcileDay reconcile;
    private final TellDifferences tell;
    private final StaffActs acts;
    private final Clock clock;

    BoardController(
            ReadBoard board,
            ReadDifferences differences,
            DifferencesCsv csv,
            DownloadStatement download,
            ReceiveStatement receive,
            OpenStatement statements,
            ReconcileDay reconcile,
            TellDifferences tell,
            StaffActs acts,
            Clock clock) {
        this.board = board;
        this.differences = differences;
        this.csv = csv;
        this.download = download;
        this.receive = receive;
        this.statements = statements;
        this.reconcile = reconcile;
        this.tell = tell;
        this.acts = acts;
        this.clock = clock;
    }

    record DayList(String object, LocalDate today, List<ReadBoard.Day> data) {}

    record DifferenceView(
            String object,
            String id,
            String type,
            String kind,
            String subject,
            @Nullable String orderNumber,
            @Nullable String refundNumber,
            @Nullable String channelReference,
            @Nullable Long lineNumber,
            @Nullable String theirs,
            @Nullable String ours,
            @Nullable String currency,
            @Nullable String theirsAmount,
            @Nullable String oursAmount,
            @Nullable String merchantId,
            @Nullable String ownerId,
            @Nullable LocalDate clearedDay,
            @Nullable String resolution) {

        static DifferenceView of(Difference one) {
            return new DifferenceView(
                    "difference",
                    "dif_" + one.id(),
                    one.type(),
                    one.kind(),
                    one.subject(),
                    one.orderNumber(),
                    one.refundNumber(),
                    one.channelReference(),
                    one.lineNumber(),
                    one.theirs(),
                    one.ours(),
                    one.currency(),
                    ReadBoard.text(one.theirsMinor(), one.currency()),
                    ReadBoard.text(one.oursMinor(), one.currency()),
                    one.merchantId(),
                    one.ownerId(),
                    one.clearedDay(),
                    one.resolution());
        }
    }

    record DifferenceList(
            String object,
            List<DifferenceView> data,
            boolean hasMore,
            @Nullable String nextCursor) {}

    record Confirm(String sha256) {}

    /**
     * Newest first.
     *
     * @param days how many, 60 at most
     */
    @GetMapping("/days")
    DayList days(StaffCaller caller, @RequestParam(defaultValue = "14") int days) {
        caller.require(READ);
        if (days < 1 || days > MOST_DAYS) {
            throw ApiException.invalid("/days", "out_of_range", "must be from 1 to 60");
        }
        var today = clock.instant().atOffset(BEIJING).toLocalDate();
        return new DayList("list", today, board.days(today.minusDays(days)));
    }

    @GetMapping("/days/{account}/{day}")
    ReadBoard.Day day(StaffCaller caller, @PathVariable String account, @PathVariable String day) {
        caller.require(READ);
        return shown(DayKey.of(account, day));
    }

    /** Those that stand, decided or not, and those that were cleared; in the order of their ids. */
    @GetMapping("/days/{account}/{day}/differences")
    DifferenceList differences(
            StaffCaller caller,
            @PathVariable String account,
            @PathVariable String day,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        caller.require(READ);
        var key = DayKey.of(account, day);
        shown(key);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw ApiException.invalid("/limit", "out_of_range", "must be from 1 to 500");
        }
        var after = cursor == null ? 0 : number(cursor, "/cursor");
        var found = differences.of(key.account(), key.day(), after, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new DifferenceList(
                "list",
                page.stream().map(DifferenceView::of).toList(),
                more,
                more ? "dif_" + page.getLast().id() : null);
    }

    /** The line of the statement and our record. */
    @GetMapping("/differences/{id}/sides")
    ReadBoard.Sides sides(StaffCaller caller, @PathVariable String id) {
        caller.require(READ);
        return board.sides(number(id, "/id"))
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    @GetMapping("/days/{account}/{day}/differences.csv")
    ResponseEntity<StreamingResponseBody> csv(
            StaffCaller caller, @PathVariable String account, @PathVariable String day) {
        caller.require(READ);
        var key = DayKey.of(account, day);
        shown(key);
        return file(
                "differences-%s-%s.csv".formatted(key.account(), key.day()),
                new MediaType("text", "csv", StandardCharsets.UTF_8),
                out -> csv.write(key, out));
    }

    /** The file as it came. It may name payers: who reads it is kept. */
    @GetMapping("/days/{account}/{day}/statement")
    ResponseEntity<StreamingResponseBody> statement(
            StaffCaller caller, @PathVariable String account, @PathVariable String day)
            throws IOException {
        caller.require(WRITE);
        var key = DayKey.of(account, day);
        var known = shown(key).file();
        if (known == null) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
        tell(caller, "statement.read", key, Map.of("sha256", known.sha256()));
        var content = statements.open(known.sha256());
        return file(
                "%s-%s-%s.%s"
                        .formatted(
                                known.format(), key.account(), key.day(), suffix(known.format())),
                MediaType.APPLICATION_OCTET_STREAM,
                out -> {
                    try (content) {
                        content.transferTo(out);
                    }
                });
    }

    private static String suffix(String format) {
        return format.startsWith("jdpay") ? "zip" : "csv";
    }

    /** Asks the channel for the file, now. */
    @PostMapping("/days/{account}/{day}:download")
    ReadBoard.Day download(
            StaffCaller caller, @PathVariable String account, @PathVariable String day) {
        caller.require(WRITE);
        var key = DayKey.of(account, day);
        requireAccount(key);
        tell(caller, "statement.asked_for", key, null);
        var _ = download.download(key.account(), key.day());
        return shown(key);
    }

    /** Compares again; what changed is a version of its own. Our own records are taken anew. */
    @PostMapping("/days/{account}/{day}:compare")
    ReadBoard.Day compare(
            StaffCaller caller, @PathVariable String account, @PathVariable String day) {
        caller.require(WRITE);
        var key = DayKey.of(account, day);
        shown(key);
        tell(caller, "channel_day.compared", key, null);
        switch (reconcile.again(key.account(), key.day(), true)) {
            case Reconciled.Compared _ -> {
                var _ = tell.tell();
            }
            case Reconciled.NothingToDo _ -> throw ApiException.of(NO_STATEMENT);
            case Reconciled.Busy _ -> throw ApiException.of(BUSY);
        }
        return shown(key);
    }

    /** Somebody vouches for the file that somebody else handed in, so its day may be closed. */
    @PostMapping("/days/{account}/{day}:confirm")
    ReadBoard.Day confirm(
            StaffCaller caller,
            @PathVariable String account,
            @PathVariable String day,
            @RequestBody Confirm file) {
        caller.require(APPROVE);
        caller.requireStepUp(clock.instant());
        var key = DayKey.of(account, day);
        shown(key);
        tell(caller, "statement.confirmed", key, Map.of("sha256", hash(file.sha256())));
        if (!reconcile.confirm(key.account(), key.day(), file.sha256(), caller.personId())) {
            throw ApiException.of(NOTHING_TO_CONFIRM);
        }
        return shown(key);
    }

    /**
     * A file that came another way: the body is its bytes.
     *
     * @param sha256 what the sender says that the bytes have, lower-case hex
     */
    @PostMapping(path = "/statements", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ReadBoard.Day upload(
            StaffCaller caller,
            @RequestParam String account,
            @RequestParam String day,
            @RequestParam String format,
            @RequestParam String sha256,
            HttpServletRequest request)
            throws IOException {
        caller.require(WRITE);
        var key = DayKey.of(account, day);
        var channel = requireAccount(key);
        var known =
                StatementFormat.ofWireName(format)
                        .filter(one -> one.channel().equals(channel))
                        .orElseThrow(() ->
                                ApiException.invalid(
                                        "/format", "not_allowed", "is none of this channel's"));
        tell(caller, "statement.handed_in", key, Map.of("sha256", hash(sha256)));
        var _ =
                receive.handedIn(
                        key.account(),
                        key.day(),
                        known,
                        sha256,
                        caller.personId(),
                        request.getInputStream());
        return shown(key);
    }

    private ReadBoard.Day shown(DayKey key) {
        return board.day(key).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private String requireAccount(DayKey key) {
        return differences
                .channelOf(key.account())
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private static String hash(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw ApiException.invalid("/sha256", "wrong_format", "must be 64 hex digits");
        }
        return sha256;
    }

    private static long number(String id, String pointer) {
        if (!id.matches("dif_[0-9]{1,18}")) {
            throw ApiException.invalid(pointer, "wrong_format", "must be such as dif_12");
        }
        return Long.parseLong(id.substring("dif_".length()));
    }

    private static ResponseEntity<StreamingResponseBody> file(
            String name, MediaType type, StreamingResponseBody content) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(content);
    }

    /** Committed before it is done or shown: of what fails afterwards the attempt is told. */
    private void tell(
            StaffCaller staff, String action, DayKey day, @Nullable Map<String, String> what) {
        acts.tellOfReading(
                new StaffActs.Actor(
                        staff.personId(), staff.accountId(), staff.sessionId(), staff.address()),
                action,
                day.toString(),
                what);
    }
}
