package io.ferrypay.paymentchannel.export.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.export.Export;
import io.ferrypay.paymentchannel.export.ExportFilters;
import io.ferrypay.paymentchannel.export.ExportKind;
import io.ferrypay.paymentchannel.export.ExportProblems;
import io.ferrypay.paymentchannel.export.ExportStatus;
import io.ferrypay.paymentchannel.export.KeepExports;
import io.ferrypay.paymentchannel.export.KeepExports.Begun;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
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
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/exports}: lists as CSV files. */
@Tag(name = "Exports")
@RestController
@RequestMapping("/v2/exports")
class ExportController {

    private static final String READ = "exports:read";
    private static final String WRITE = "exports:write";
    private static final String USUAL_ZONE = "Pacific/Auckland";

    private final KeepExports exports;

    ExportController(KeepExports exports) {
        this.exports = exports;
    }

    @Operation(
            operationId = "createExport",
            summary = "Write a list into a file",
            description =
                    "All payments or refunds of a list as CSV, as they are while the file is"
                            + " written; those made later are not in it. Poll the export until it is"
                            + " `ready`, then fetch its content, within seven days. One at a time in"
                            + " each mode; the newest ten files are kept.")
    @ApiResponse(responseCode = "201", description = "It will be written.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`export_in_progress`, with the other one's `export`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping(
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ExportView> create(
            @Parameter(hidden = true) MerchantCaller caller, @RequestBody CreateExport request) {
        caller.require(WRITE);
        return switch (exports.begin(
                caller.merchantId(),
                caller.mode(),
                request.checkedKind(),
                request.filters() == null ? ExportFilters.NONE : request.filters(),
                request.zone())) {
            case Begun.Started(var export) ->
                    ResponseEntity.created(URI.create("/v2/exports/" + export.id()))
                            .body(ExportView.of(export));
            case Begun.Busy(var other) ->
                    throw ApiException.of(
                            ExportProblems.IN_PROGRESS,
                            problem ->
                                    other.map(one -> problem.with("export", one.id()))
                                            .orElse(problem));
        };
    }

    @Operation(
            operationId = "listExports",
            summary = "List exports",
            description = "The newest fifty, newest first.")
    @ApiResponse(responseCode = "200", description = "The exports.")
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    ExportList list(@Parameter(hidden = true) MerchantCaller caller) {
        caller.require(READ);
        return new ExportList(
                "list",
                exports.newest(caller.merchantId(), caller.mode()).stream()
                        .map(ExportView::of)
                        .toList());
    }

    @Operation(operationId = "getExport", summary = "See how far an export is")
    @ApiResponse(responseCode = "200", description = "The export as it stands.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ExportView find(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(READ);
        return ExportView.of(orNotFound(exports.byId(caller.merchantId(), caller.mode(), id)));
    }

    @Operation(
            operationId = "cancelExport",
            summary = "End an export",
            description = "What was written is deleted. Safe to repeat.")
    @ApiResponse(responseCode = "200", description = "It is canceled.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`export_ended`: it has ended in another way (`export_status`).",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping(path = "/{id}:cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    ExportView cancel(@Parameter(hidden = true) MerchantCaller caller, @PathVariable String id) {
        caller.require(WRITE);
        var export = orNotFound(exports.cancel(caller.merchantId(), caller.mode(), id));
        if (export.status() != ExportStatus.CANCELED) {
            throw ApiException.of(
                    ExportProblems.ENDED,
                    problem -> problem.with("export_status", export.status().wireName()));
        }
        return ExportView.of(export);
    }

    @Operation(
            operationId = "getExportContent",
            summary = "Fetch the file",
            description =
                    "CSV by RFC 4180 in UTF-8 with a byte order mark, always as an attachment. New"
                            + " columns come at the end of a line. Text that a spreadsheet would take"
                            + " for a formula begins with an apostrophe.")
    @ApiResponse(
            responseCode = "200",
            description = "The file.",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`export_not_ready`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "410",
            description = "`export_has_no_file`: it failed, or its time is over.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/{id}/content")
    void content(
            @Parameter(hidden = true) MerchantCaller caller,
            @PathVariable String id,
            HttpServletResponse response)
            throws IOException {
        caller.require(READ);
        var export = orNotFound(exports.byId(caller.merchantId(), caller.mode(), id));
        if (export.status().isUnderWay()) {
            throw ApiException.of(ExportProblems.NOT_READY);
        }
        if (export.status() != ExportStatus.READY) {
            throw ApiException.of(ExportProblems.NO_FILE);
        }
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name(export)).build().toString());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // With its length, a file that breaks off is not taken for a whole one.
        response.setContentLengthLong(export.size());
        exports.copy(export, response.getOutputStream());
    }

    private static String name(Export export) {
        return "%s-%s-%s.csv"
                .formatted(
                        export.kind().wireName(),
                        export.mode().livemode() ? "live" : "test",
                        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                                .format(export.createdAt().atZone(export.zone())));
    }

    private static Export orNotFound(Optional<Export> export) {
        return export.orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    @Schema(name = "ExportList")
    record ExportList(@Schema(example = "list") String object, List<ExportView> data) {}

    @Schema(name = "CreateExport")
    record CreateExport(
            @Schema(
                            requiredMode = Schema.RequiredMode.REQUIRED,
                            allowableValues = {"payments", "refunds"})
                    @Nullable String kind,
            @Nullable ExportFilters filters,
            @Schema(
                            description =
                                    "By whose clock times are written: a place of the tz database.",
                            defaultValue = USUAL_ZONE)
                    @Nullable String timeZone) {

        ExportKind checkedKind() {
            if (kind == null) {
                throw ApiException.invalid("/kind", "required", "must be given");
            }
            return ExportKind.ofWireName(kind)
                    .orElseThrow(() ->
                            ApiException.invalid(
                                    "/kind", "not_allowed", "must be payments or refunds"));
        }

        ZoneId zone() {
            var name = timeZone == null ? USUAL_ZONE : timeZone;
            if (!ZoneId.getAvailableZoneIds().contains(name)) {
                throw ApiException.invalid(
                        "/time_zone", "unknown", "is not a time zone such as " + USUAL_ZONE);
            }
            return ZoneId.of(name);
        }
    }

    @Schema(name = "Export", description = "A list that is written into a file, or was.")
    record ExportView(
            @Schema(example = "exp_01JDC3VZ6Q8S7M2K4T9R5XN1AB") String id,
            @Schema(example = "export") String object,
            boolean livemode,
            ExportKind kind,
            ExportFilters filters,
            @Schema(example = USUAL_ZONE) String timeZone,
            @Schema(
                            description =
                                    "`waiting` → `running` → `ready` → `expired`; or `failed`,"
                                            + " `canceled`.")
                    ExportStatus status,
            @Schema(description = "In percent.", example = "42") int progress,
            @Schema(description = "Rows that are written.", example = "4200") long rows,
            @Schema(description = "Rows that there will be, once counted.", example = "10000")
                    @Nullable Long totalRows,
            @Schema(description = "Bytes that are written.", example = "1048576") long size,
            @Schema(
                            description =
                                    "Why it failed: `too_many_rows` (more than 200,000) or"
                                            + " `internal_error`.")
                    @Nullable String failureCode,
            Instant createdAt,
            @Nullable Instant endedAt,
            @Schema(description = "When the file is deleted.") @Nullable Instant expiresAt) {

        static ExportView of(Export export) {
            return new ExportView(
                    export.id(),
                    "export",
                    export.mode().livemode(),
                    export.kind(),
                    export.filters(),
                    export.zone().getId(),
                    export.status(),
                    export.progress(),
                    export.rows(),
                    export.totalRows(),
                    export.size(),
                    export.failureCode(),
                    export.createdAt(),
                    export.endedAt(),
                    export.expiresAt());
        }
    }
}
