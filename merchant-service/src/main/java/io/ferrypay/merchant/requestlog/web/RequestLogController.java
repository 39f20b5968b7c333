package io.ferrypay.merchant.requestlog.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.merchant.requestlog.KeepRequestLog;
import io.ferrypay.merchant.requestlog.KeepRequestLog.Filter;
import io.ferrypay.merchant.requestlog.KeepRequestLog.Shown;
import io.ferrypay.merchant.requestlog.LoggedRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a merchant's keys asked for; whoever may see the keys may see this. */
@Tag(name = "Requests", description = "What was asked of the API.")
@RestController
class RequestLogController {

    private static final int MOST_AT_ONCE = 500;
    private static final String REQUEST_ID = "req_[0-9A-HJKMNP-TV-Z]{26}";

    private final KeepRequestLog requests;

    RequestLogController(KeepRequestLog requests) {
        this.requests = requests;
    }

    @Schema(name = "LoggedRequestKey")
    record ViewedKey(String id, String name, String masked) {}

    @Schema(name = "LoggedRequest")
    record View(
            String object,
            String requestId,
            Instant at,
            String method,
            String path,
            int status,
            int millis,
            ViewedKey key) {

        static View of(Shown shown) {
            var request = shown.request();
            return new View(
                    "request",
                    request.requestId(),
                    request.at(),
                    request.method(),
                    request.path(),
                    request.status(),
                    request.millis(),
                    new ViewedKey(request.keyId(), shown.keyName(), shown.keyMasked()));
        }
    }

    @Schema(name = "LoggedRequestList")
    record Page(String object, List<View> data, boolean hasMore, @Nullable String nextCursor) {}

    @Operation(
            operationId = "listLoggedRequests",
            summary = "What your keys asked for, the newest first",
            description = "Of the last seven days, without bodies. For those who look for a fault.")
    @GetMapping("/v2/request_log")
    Page list(
            @Parameter(hidden = true) MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = REQUEST_ID) @Nullable String cursor,
            @RequestParam(required = false)
                    @Pattern(
                            regexp = "[1-5]xx|[1-5][0-9]{2}",
                            message = "is a status such as 404, or 4xx")
                    @Nullable String status,
            @RequestParam(required = false)
                    @Pattern(regexp = "GET|HEAD|POST|PUT|PATCH|DELETE", message = "is a method")
                    @Nullable String method,
            @RequestParam(required = false) @Pattern(regexp = "key_[0-9A-HJKMNP-TV-Z]{26}")
                    @Nullable String key,
            @RequestParam(name = "request_id", required = false) @Pattern(regexp = REQUEST_ID)
                    @Nullable String requestId) {
        caller.require("keys:read");
        var from = status == null ? 0 : Integer.parseInt(status.replace("xx", "00"));
        var to = status == null ? 999 : Integer.parseInt(status.replace("xx", "99"));
        var found =
                requests.page(
                        caller.merchantId(),
                        caller.mode(),
                        new Filter(cursor, from, to, method, key, requestId),
                        limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                "list",
                page.stream().map(View::of).toList(),
                more,
                more ? page.getLast().request().requestId() : null);
    }

    record Told(
            @NotNull @Pattern(regexp = REQUEST_ID) String requestId,
            @NotNull Instant at,
            @NotNull @Size(max = 64) String keyId,
            @NotNull @Size(max = 10) String method,
            @NotNull @Size(max = 200) String path,
            @Min(100) @Max(599) int status,
            @Min(0) int millis) {

        LoggedRequest asLogged() {
            return new LoggedRequest(requestId, at, keyId, method, path, status, millis);
        }
    }

    record Batch(@NotNull @Size(max = MOST_AT_ONCE) List<@Valid Told> requests) {}

    @PostMapping("/internal/request-log")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void add(@Valid @RequestBody Batch batch) {
        requests.add(batch.requests().stream().map(Told::asLogged).toList());
    }
}
