package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.paymentchannel.payment.web.PaymentListQuery;
import io.ferrypay.paymentchannel.payment.web.Violations;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/unusual_uses}: what was unusual about a merchant's printed codes. */
@Tag(name = "Unusual use")
@RestController
@RequestMapping(path = "/v2/unusual_uses", produces = MediaType.APPLICATION_JSON_VALUE)
class UnusualUseController {

    private static final Pattern ID = Pattern.compile("uu_[0-9A-HJKMNP-TV-Z]{26}");
    private static final Pattern STATIC_CODE = Pattern.compile("sc_[0-9A-HJKMNP-TV-Z]{26}");
    private static final String AFTER_ALL = "uu_~";
    private static final String EXAMPLE = "uu_01JDC3VZ6Q8S7M2K4T9R5XN1AB";

    private final UnusualUses uses;
    private final Clock clock;

    UnusualUseController(UnusualUses uses, Clock clock) {
        this.uses = uses;
        this.clock = clock;
    }

    @Schema(name = "UnusualUseList")
    record UseList(
            @Schema(description = "Always `list`.") String object,
            List<UnusualUse.View> data,
            boolean hasMore,
            @Nullable String nextCursor) {}

    @Operation(
            operationId = "listUnusualUses",
            summary = "Unusual use of printed codes",
            description =
                    "Newest first. Each is a spell, told once as `static_code.unusual_use`; it is over"
                            + " when nothing unusual was seen for hours, and kept for 90 days.")
    @ApiResponse(responseCode = "200", description = "A page.")
    @ApiResponse(
            responseCode = "400",
            description = "`invalid_request`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping
    UseList list(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "100"))
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(description = "`next_cursor` of the page before.")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(description = "Of this code only.")
                    @RequestParam(name = "static_code", required = false)
                    @Nullable String staticCode,
            @Parameter(description = "`true`: only those that go on and that nobody has dismissed.")
                    @RequestParam(defaultValue = "false")
                    boolean open) {
        caller.require("static_codes:read");
        var found = new Violations();
        var most =
                PaymentListQuery.number(
                        "limit",
                        limit,
                        PaymentListQuery.DEFAULT_LIMIT,
                        1,
                        PaymentListQuery.LARGEST_LIMIT,
                        found);
        if (cursor != null && !ID.matcher(cursor).matches()) {
            found.add("cursor", "wrong_format", "is not a next_cursor");
        }
        if (staticCode != null && !STATIC_CODE.matcher(staticCode).matches()) {
            found.add("static_code", "wrong_format", "is not the id of a static code");
        }
        found.refuseIfAny();
        var page =
                uses.page(
                        caller.merchantId(),
                        caller.mode(),
                        staticCode == null ? "" : staticCode,
                        open,
                        cursor == null ? AFTER_ALL : cursor,
                        most + 1);
        var more = page.size() > most;
        var shown = page.subList(0, Math.min(most, page.size()));
        return new UseList(
                "list",
                shown.stream().map(UnusualUse::view).toList(),
                more,
                more ? shown.getLast().id() : null);
    }

    @Operation(
            operationId = "dismissUnusualUse",
            summary = "Say that it is known",
            description =
                    "It does not show among what is to be done any more. Repeating it changes nothing.")
    @ApiResponse(responseCode = "200", description = "As it then stands.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping("/{id}:dismiss")
    UnusualUse.View dismiss(
            @Parameter(hidden = true) MerchantCaller caller,
            @Parameter(example = EXAMPLE) @PathVariable String id) {
        caller.require("static_codes:write");
        return uses.dismiss(caller.merchantId(), caller.mode(), id, clock.instant())
                .map(UnusualUse::view)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }
}
