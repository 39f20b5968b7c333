package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.paymentchannel.checkout.CheckoutStreams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a till of the changes of one of its sessions for as long as it listens. */
@Tag(
        name = "SpotPay",
        description = "For tills, which sign their requests: see docs/api/devices.md.")
@RestController
@RequestMapping(path = "/v2/spotpay", produces = MediaType.APPLICATION_JSON_VALUE)
class SessionStreamController {

    private static final String READ = "payments:read";
    private static final String EXAMPLE = "spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB";

    private final ShowSessions showSessions;
    private final CheckoutStreams streams;

    SessionStreamController(ShowSessions showSessions, CheckoutStreams streams) {
        this.showSessions = showSessions;
        this.streams = streams;
    }

    @Operation(
            operationId = "streamSpotPaySession",
            summary = "Hear of a session's changes",
            description =
                    "Server-sent events named `state`, each with the session as it then stands. The"
                            + " request is signed like any other, so a browser reads it with `fetch`.")
    @ApiResponse(
            responseCode = "200",
            description = "A stream of at most nine minutes.",
            content = @Content(mediaType = "text/event-stream"))
    @GetMapping(path = "/sessions/{id}/events", produces = MediaType.ALL_VALUE)
    void events(
            @Parameter(hidden = true) DeviceCaller device,
            @Parameter(example = EXAMPLE) @PathVariable String id,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException, InterruptedException {
        device.require(READ);
        streams.stream(
                snapshot(ShowSessions.orNotFound(showSessions.find(device, id))),
                () -> showSessions.find(device, id).map(this::snapshot),
                response);
    }

    private CheckoutStreams.Snapshot snapshot(Session session) {
        return new CheckoutStreams.Snapshot(
                session.paymentId(), session.version(), showSessions.view(session));
    }
}
