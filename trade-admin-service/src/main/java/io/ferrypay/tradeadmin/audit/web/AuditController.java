package io.ferrypay.tradeadmin.audit.web;

import io.ferrypay.identity.ForServices;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.CheckAudit;
import io.ferrypay.tradeadmin.audit.ReadAudit;
import io.ferrypay.tradeadmin.audit.Who;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reading the audit needs {@code audit:read}; taking it away as a file is audited itself. */
@RestController
class AuditController {

    private static final String READ = "audit:read";
    private static final String ROOT = "/console/api/audit";
    private static final String NAME = "[A-Za-z0-9_./:@-]{1,200}";
    private static final String NOT_ONE = "is not one we know";

    /** Each takes a thread for as long as its client reads. */
    private static final int MOST_EXPORTS = 2;

    private static final ProblemCode TOO_MANY =
            ProblemCode.temporary(
                    "too_many_exports", 429, "Others take the audit away at this moment");

    private final Semaphore exports = new Semaphore(MOST_EXPORTS);
    private final ReadAudit entries;
    private final Audit audit;
    private final CheckAudit checks;
    private final JsonMapper json;

    AuditController(ReadAudit entries, Audit audit, CheckAudit checks, JsonMapper json) {
        this.entries = entries;
        this.audit = audit;
        this.checks = checks;
        this.json = json;
    }

    record EntryView(
            String object,
            long sequence,
            Instant at,
            @Nullable String event,
            String service,
            String who,
            @Nullable String account,
            @Nullable String session,
            @Nullable String address,
            String action,
            String subject,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            @Nullable String reason,
            String hash) {}

    record ListView(
            String object, List<EntryView> data, boolean hasMore, @Nullable String nextCursor) {}

    record Head(long sequence, String hash) {}

    record Report(
            Instant checkedAt, long entries, long violations, List<String> examples, Head head) {

        static Report of(CheckAudit.Report report) {
            return new Report(
                    report.checkedAt(),
                    report.entries(),
                    report.violations(),
                    report.examples(),
                    new Head(report.head().sequence(), report.head().hash()));
        }
    }

    @GetMapping(ROOT)
    ListView list(
            StaffCaller caller,
            @RequestParam(required = false) @Pattern(regexp = NAME, message = NOT_ONE)
                    @Nullable String who,
            @RequestParam(required = false) @Pattern(regexp = NAME, message = NOT_ONE)
                    @Nullable String action,
            @RequestParam(required = false) @Pattern(regexp = NAME, message = NOT_ONE)
                    @Nullable String subject,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Positive @Nullable Long cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        caller.require(READ);
        var found =
                entries.find(
                        new ReadAudit.Query(who, action, subject, from, to, cursor, limit + 1));
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new ListView(
                "list",
                page.stream().map(this::view).toList(),
                more,
                more ? String.valueOf(page.getLast().entry().sequence()) : null);
    }

    private EntryView view(ReadAudit.Kept kept) {
        var entry = kept.entry();
        return new EntryView(
                "audit_entry",
                entry.sequence(),
                entry.at(),
                entry.eventId(),
                entry.service(),
                entry.who().name(),
                entry.who().accountId(),
                entry.who().sessionId(),
                entry.who().address(),
                entry.action(),
                entry.subject(),
                tree(entry.before()),
                tree(entry.after()),
                entry.reason(),
                kept.hash());
    }

    private @Nullable JsonNode tree(@Nullable String text) {
        return text == null ? null : json.readTree(text);
    }

    /** Works out the chain, and says where it ends; one at a time. */
    @PostMapping(ROOT + ":check")
    Report check(StaffCaller caller) {
        caller.require(READ);
        return Report.of(checks.checkAtOnce());
    }

    /**
     * For whoever runs the platform.
     *
     * @param sequence of a head that was kept elsewhere
     * @param hash of that head, in hexadecimal
     */
    @ForServices("job-service")
    @PostMapping("/internal/audit/checks")
    Report check(
            @RequestParam(required = false) @Positive @Nullable Long sequence,
            @RequestParam(required = false)
                    @Pattern(regexp = "[0-9a-f]{64}", message = "is not a hash")
                    @Nullable String hash) {
        if ((sequence == null) != (hash == null)) {
            throw ApiException.invalid("hash", "required", "goes with sequence");
        }
        return Report.of(
                checks.check(
                        sequence == null || hash == null
                                ? null
                                : new ReadAudit.Head(sequence, hash)));
    }

    /** {@code jsonl} can be checked by anybody: see docs/api/console.md. */
    @GetMapping(ROOT + "/export")
    ResponseEntity<StreamingResponseBody> export(
            StaffCaller caller,
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(defaultValue = "jsonl")
                    @Pattern(regexp = "jsonl|csv", message = "is jsonl or csv")
                    String format) {
        caller.require(READ);
        if (to.isBefore(from)) {
            throw ApiException.invalid("to", "out_of_range", "must not be before from");
        }
        if (!exports.tryAcquire()) {
            throw ApiException.of(TOO_MANY);
        }
        try {
            audit.recordNow(
                    Who.staff(caller),
                    new Audit.Act(
                            "audit.exported",
                            "audit",
                            null,
                            Map.of("from", from.toString(), "to", to.toString(), "format", format),
                            null));
        } catch (RuntimeException e) {
            exports.release();
            throw e;
        }
        var csv = format.equals("csv");
        return ResponseEntity.ok()
                .contentType(
                        MediaType.parseMediaType(
                                csv ? "text/csv;charset=UTF-8" : "application/jsonl"))
                .header("Content-Disposition", "attachment; filename=\"audit." + format + "\"")
                .body(out -> {
                    try (var file =
                            csv ? new AuditCsv(out) : new AuditLines(out, json, this::view)) {
                        entries.export(from, to, file);
                    } finally {
                        exports.release();
                    }
                });
    }
}
