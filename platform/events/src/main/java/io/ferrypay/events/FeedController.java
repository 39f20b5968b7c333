package io.ferrypay.events;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /internal/events}: this service's events for other services, in CloudEvents JSON.
 *
 * <p>{@code after} is the cursor to go on from ({@code 0-0} is the beginning), {@code limit} 1 to
 * 500, {@code wait} 0 to 25 seconds to hold the answer until there is something to tell, {@code
 * types} a comma-separated choice. The answer is {@code {"events":[…],"next":"<cursor>"}}. A cursor
 * older than what is kept is answered with 410, one of another epoch or of an event that is not
 * here with 409: events were missed, or would be, and a person has to know.
 */
@RestController
final class FeedController {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_TYPES = 50;

    private final OutboxReader reader;
    private final String source;

    FeedController(OutboxReader reader, String application) {
        this.reader = reader;
        this.source = "/" + application;
    }

    @GetMapping(path = "/internal/events", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> events(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String wait,
            @RequestParam(required = false) @Nullable String types)
            throws InterruptedException {
        var cursor = cursor(after);
        var rows = number("limit", limit, DEFAULT_LIMIT, 1, EventFeed.LARGEST_PAGE);
        var patience =
                Duration.ofSeconds(
                        number("wait", wait, 0, 0, (int) EventFeed.LONGEST_WAIT.toSeconds()));
        var wanted = types(types);
        refuseUnlessGood(cursor);
        var page = reader.read(cursor, rows, wanted, patience);
        refuseUnlessGood(cursor); // Retention may have run while we read.
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(CloudEvents.write(page, source));
    }

    private void refuseUnlessGood(Cursor cursor) {
        switch (reader.standing(cursor)) {
            case GOOD -> {}
            case EXPIRED ->
                    throw new Refused(
                            HttpStatus.GONE,
                            "cursor_expired",
                            "after",
                            "Events after this cursor have been deleted");
            case OF_ANOTHER_EPOCH ->
                    throw new Refused(
                            HttpStatus.CONFLICT,
                            "cursor_of_another_epoch",
                            "after",
                            "This feed has been restored or moved since; its events are counted anew");
            case UNKNOWN ->
                    throw new Refused(
                            HttpStatus.CONFLICT,
                            "cursor_unknown",
                            "after",
                            "The event before this cursor is not here; was the database restored?");
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refused refused) {
        var problem = ProblemDetail.forStatusAndDetail(refused.status, refused.detail);
        problem.setType(URI.create("https://docs.ferrypay.example/errors/" + refused.code));
        problem.setProperty("code", refused.code);
        problem.setProperty(
                "errors",
                List.of(
                        Map.of(
                                "parameter",
                                refused.parameter,
                                "code",
                                refused.code,
                                "message",
                                refused.detail)));
        return ResponseEntity.status(refused.status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static Cursor cursor(@Nullable String text) {
        if (text == null) {
            return Cursor.START;
        }
        try {
            return Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Refused("after", "Must be a cursor from this feed, or 0-0");
        }
    }

    private static int number(
            String parameter, @Nullable String text, int otherwise, int least, int most) {
        if (text == null) {
            return otherwise;
        }
        if (text.matches("\\d{1,9}")) {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new Refused(parameter, "Must be a whole number from " + least + " to " + most);
    }

    private static Set<String> types(@Nullable String text) {
        if (text == null) {
            return Set.of();
        }
        var types = Arrays.stream(text.split(",", -1)).collect(Collectors.toUnmodifiableSet());
        if (types.size() > MOST_TYPES || types.contains("")) {
            throw new Refused("types", "Must be 1 to " + MOST_TYPES + " event types");
        }
        return types;
    }

    static final class Refused extends RuntimeException {
        private final HttpStatus status;
        private final String code;
        private final String parameter;
        private final String detail;

        Refused(String parameter, String detail) {
            this(HttpStatus.BAD_REQUEST, "invalid_request", parameter, detail);
        }

        Refused(HttpStatus status, String code, String parameter, String detail) {
            super(detail);
            this.status = status;
            this.code = code;
            this.parameter = parameter;
            this.detail = detail;
        }
    }
}
