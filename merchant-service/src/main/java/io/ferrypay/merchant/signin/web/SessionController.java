package io.ferrypay.merchant.signin.web;

import io.ferrypay.merchant.portal.PortalCaller;
import io.ferrypay.merchant.portal.SignedIn;
import io.ferrypay.merchant.signin.OwnSessions;
import io.ferrypay.merchant.signin.StartSession;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Sessions")
class SessionController {

    private final StartSession start;
    private final OwnSessions sessions;
    private final SessionViews views;

    SessionController(StartSession start, OwnSessions sessions, SessionViews views) {
        this.start = start;
        this.sessions = sessions;
        this.views = views;
    }

    record OtherMerchant(@NotNull String merchantId) {}

    @Schema(name = "SeenSession")
    record SeenView(
            String id,
            boolean current,
            Instant signedInAt,
            Instant lastSeenAt,
            @Schema(description = "The network address it was begun from.") String address,
            @Schema(description = "The browser, in its own words.") String userAgent) {}

    @Schema(name = "SeenSessions")
    record SeenList(String object, List<SeenView> data) {}

    @SignedIn
    @GetMapping("/portal/api/session")
    @Operation(
            operationId = "getSession",
            summary = "Who is signed in",
            description = "401 `unauthenticated` when nobody is. Sets the cookie `XSRF-TOKEN`.")
    SessionViews.SessionView session(HttpServletRequest request) {
        return views.of(start.current(request));
    }

    @SignedIn
    @PostMapping("/portal/api/session:switch")
    @Operation(
            operationId = "switchMerchant",
            summary = "Act for another merchant",
            description = "404 `not_found` for one the person does not belong to.")
    SessionViews.SessionView switchTo(
            @Valid @RequestBody OtherMerchant other, HttpServletRequest request) {
        return views.of(start.switchTo(request, other.merchantId()));
    }

    @SignedIn
    @GetMapping("/portal/api/sessions")
    @Operation(
            operationId = "listSessions",
            summary = "The own sessions",
            description = "On all devices; the one used last comes first.")
    SeenList list(PortalCaller caller) {
        return new SeenList(
                "list",
                sessions.of(caller).stream()
                        .map(seen ->
                                new SeenView(
                                        seen.id(),
                                        seen.id().equals(caller.sessionId()),
                                        seen.signedInAt(),
                                        seen.lastSeenAt(),
                                        seen.address(),
                                        seen.agent()))
                        .toList());
    }

    @SignedIn
    @DeleteMapping("/portal/api/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "endSession",
            summary = "End one of the own sessions",
            description = "Works within seconds everywhere.")
    void end(PortalCaller caller, @PathVariable String id) {
        if (!sessions.end(caller, id)) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
    }

    @SignedIn
    @PostMapping("/portal/api/sessions:end_others")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "endOtherSessions",
            summary = "End all own sessions but this one",
            description = "Works within seconds everywhere.")
    void endOthers(PortalCaller caller) {
        sessions.endOthers(caller);
    }
}
