package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.payment.web.IdempotencyHeader;
import io.ferrypay.paymentchannel.payment.web.PaymentListQuery;
import io.ferrypay.paymentchannel.payment.web.Violations;
import io.ferrypay.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/spotpay/sessions}: what a till asks to be paid. Each sees its own and no others. */
@Tag(
        name = "SpotPay",
        description = "For tills, which sign their requests: see docs/api/devices.md.")
@RestController
@RequestMapping(path = "/v2/spotpay", produces = MediaType.APPLICATION_JSON_VALUE)
class SessionController {

    private static final String READ = "payments:read";
    private static final String WRITE = "payments:write";
    private static final int LONGEST_WAIT_SECONDS = 25;
    private static final String EXAMPLE = "spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB";

    private final StartSession startSession;
    private final ShowSessions showSessions;
    private final EndSession endSession;
    private final TillRequests requests;

    SessionController(
            StartSession startSession,
            ShowSessions showSessions,
            EndSession endSession,
            TillRequests requests) {
        this.startSession = startSession;
        this.showSessions = showSessions;
        this.endSession = endSession;
        this.requests = requests;
    }

    /** The body of a create, as it came. */
    @Schema(name = "StartSpotPaySession", description = "Unknown fields are refused.")
    record SessionRequest(
            @Schema(
                            requiredMode = RequiredMode.REQUIRED,
                            description = "A positive decimal string; never a JSON number.",
                            example = "35.50")
                    @Nullable String amount,
            @Schema(
                            requiredMode = RequiredMode.REQUIRED,
                            description = "ISO 4217; the currency the shop is settled in.",
                            example = "NZD")
                    @Nullable String currency,
            @Schema(
                            description =
                                    "The wallet whose own code is wanted; left out or null, one code"
                                            + " serves all and the shopper's wallet decides.",
                            allowableValues = {"wechat", "alipay", "jdpay"})
                    @Nullable String method,
            @Schema(
                            description = "The till's own number, unique per shop and mode.",
                            pattern = "^[A-Za-z0-9._:/-]{1,64}$",
                            example = "T1-000481")
                    @Nullable String merchantReference,
            @Schema(
                            description = "How long it can be paid.",
                            minimum = "60",
                            maximum = "900",
                            defaultValue = "180")
                    @Nullable Integer ttlSeconds) {

        StartSession.Wish check() {
            var found = new Violations();
            var money = TillRequests.money(amount, currency, found);
            var wallet = wallet(found);
            if (merchantReference != null) {
                found.pattern("/merchant_reference", merchantReference, TillRequests.REFERENCE);
            }
            var seconds = ttlSeconds == null ? 180 : ttlSeconds;
            if (seconds < 60 || seconds > 900) {
                found.add("/ttl_seconds", "out_of_range", "must be from 60 to 900");
            }
            found.refuseIfAny();
            return new StartSession.Wish(
                    Optional.ofNullable(money).orElseThrow(),
                    wallet,
                    merchantReference,
                    Duration.ofSeconds(seconds));
        }

        private @Nullable PaymentMethod wallet(Violations found) {
            if (method == null) {
                return null;
            }
            var wallet = PaymentMethod.ofWireName(method).orElse(null);
            if (wallet == null || wallet == PaymentMethod.ONLINEBANK) {
                found.add("/method", "not_allowed", "must be wechat, alipay, jdpay or null");
                return null;
            }
            return wallet;
        }
    }

    @Schema(name = "SpotPaySessionList")
    record SessionList(
            @Schema(description = "Always `list`.") String object, List<SessionView> data) {}

    @Operation(
            operationId = "startSpotPaySession",
            summary = "Ask to be paid at a till",
            description =
                    "Makes a payment and the code to show for it. One that was not answered is"
                            + " repeated with the same `Idempotency-Key`, signed anew.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    SessionRequest.class))))
    @ApiResponse(
            responseCode = "201",
            description = "Begun, now or by the first request under this key.",
            content = @Content(schema = @Schema(implementation = SessionView.class)))
    @ApiResponse(
            responseCode = "403",
            description =
                    "`cashier_required`: a cashier of this store has limits, and nobody is signed in.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "409",
            description = "`reference_exists` (with `payment_id`) or `idempotency_in_progress`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "422",
            description =
                    "`idempotency_mismatch`, `currency_not_accepted`, `method_not_available`,"
                            + " `over_cashier_limit`, `cashier_daily_limit_reached` or"
                            + " `risk_denied`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "502",
            description =
                    "With a wallet named: `channel_unavailable` (repeat it) or `channel_refused`.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping(path = "/sessions", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SessionView> start(
            @Parameter(hidden = true) DeviceCaller device,
            @Parameter(
                            name = IdempotencyHeader.NAME,
                            in = ParameterIn.HEADER,
                            required = true,
                            schema = @Schema(type = "string", minLength = 1, maxLength = 64))
                    @RequestHeader(name = IdempotencyHeader.NAME, required = false)
                    @Nullable String idempotencyKey,
            @RequestBody byte[] body,
            @Parameter(hidden = true) HttpServletRequest request) {
        device.require(WRITE);
        var key = IdempotencyHeader.check(idempotencyKey);
        var wanted = requests.read(SessionRequest.class, body, request);
        var started =
                startSession.start(
                        device,
                        wanted.check(),
                        key,
                        IdempotencyHeader.fingerprint("POST", "/v2/spotpay/sessions", body),
                        request.getRemoteAddr());
        var answer =
                ResponseEntity.created(
                        URI.create("/v2/spotpay/sessions/" + started.session().id()));
        if (started.replayed()) {
            answer.header(IdempotencyHeader.REPLAYED, "true");
        }
        return answer.body(showSessions.view(started.session()));
    }

    @Operation(
            operationId = "listSpotPaySessions",
            summary = "The last 20 of this till",
            description = "Newest first, without their codes.")
    @ApiResponse(responseCode = "200", description = "Those of this till alone.")
    @GetMapping("/sessions")
    SessionList last(@Parameter(hidden = true) DeviceCaller device) {
        device.require(READ);
        return new SessionList("list", showSessions.last(device));
    }

    @Operation(
            operationId = "getSpotPaySession",
            summary = "Fetch a session",
            description =
                    "With `wait`, holds the answer until it changes or the seconds are over; one that"
                            + " is over is answered at once.")
    @ApiResponse(responseCode = "200", description = "The session as it stands.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`: this till has no such session.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @GetMapping("/sessions/{id}")
    SessionView fetch(
            @Parameter(hidden = true) DeviceCaller device,
            @Parameter(example = EXAMPLE) @PathVariable String id,
            @Parameter(
                            description = "Seconds, 0 to 25.",
                            schema =
                                    @Schema(
                                            type = "integer",
                                            minimum = "0",
                                            maximum = "25",
                                            defaultValue = "0"))
                    @RequestParam(required = false)
                    @Nullable String wait)
            throws InterruptedException {
        device.require(READ);
        var found = new Violations();
        var seconds = PaymentListQuery.number("wait", wait, 0, 0, LONGEST_WAIT_SECONDS, found);
        found.refuseIfAny();
        return showSessions.view(
                ShowSessions.orNotFound(
                        seconds == 0
                                ? showSessions.find(device, id)
                                : showSessions.onceChanged(
                                        device, id, Duration.ofSeconds(seconds))));
    }

    @Operation(
            operationId = "cancelSpotPaySession",
            summary = "End a session",
            description =
                    "Asks the channel and closes its order first. Money that was quicker wins: look at"
                            + " the `status`. `unknown` means that the channel would not vouch for it:"
                            + " keep asking. Safe to repeat.")
    @ApiResponse(
            responseCode = "200",
            description = "As it then stands: `canceled`, `paid`, `expired` or `unknown`.")
    @ApiResponse(
            responseCode = "404",
            description = "`not_found`: this till has no such session.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(implementation = Problem.class)))
    @PostMapping("/sessions/{id}:cancel")
    SessionView cancel(
            @Parameter(hidden = true) DeviceCaller device,
            @Parameter(example = EXAMPLE) @PathVariable String id) {
        device.require(WRITE);
        return showSessions.view(ShowSessions.orNotFound(endSession.end(device, id)));
    }
}
