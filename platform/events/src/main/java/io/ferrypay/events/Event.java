package io.ferrypay.events;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * One fact a service has published.
 *
 * @param id {@code evt_} and a ULID; the same however often the event is delivered
 * @param type lower case and dotted, past tense: {@code payment.paid}
 * @param subject id of the thing it is about
 * @param version the subject's version after the event; grows with every event of that subject, so
 *     a receiver that has already seen a higher one knows this one is old news
 * @param time when it happened, kept to the microsecond
 * @param data the fact itself, as documented for the type
 */
public record Event(
        String id, String type, String subject, long version, Instant time, JsonNode data) {
    private static final String PREFIX = "evt_";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    private static final int LONGEST_SUBJECT = 255;

    public Event {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Not an event id: " + id);
        }
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("Not an event type: " + type);
        }
        if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("An event needs a subject of 1 to 255 characters");
        }
        if (version < 0) {
            throw new IllegalArgumentException("Not a version: " + version);
        }
    }

    /** An event with a new id. */
    public static Event of(String type, String subject, long version, Instant time, JsonNode data) {
        return new Event(newId(), type, subject, version, time, data);
    }

    public static String newId() {
        return PREFIX + UlidCreator.getUlid();
    }

    /**
     * The trace of what follows from an event: its id in hexadecimal, or nothing if that is not of
     * our making. The request that published it has a trace of its own, in whose log lines the
     * event's id stands.
     */
    public static Optional<String> traceOf(String eventId) {
        if (!eventId.startsWith(PREFIX) || !Ulid.isValid(eventId.substring(PREFIX.length()))) {
            return Optional.empty();
        }
        var id = Ulid.from(eventId.substring(PREFIX.length()));
        var digits = HexFormat.of();
        return Optional.of(
                digits.toHexDigits(id.getMostSignificantBits())
                        + digits.toHexDigits(id.getLeastSignificantBits()));
    }

    /** Leaves the data out: it may hold what does not belong in a log. */
    @Override
    public String toString() {
        return "Event[" + id + " " + type + " " + subject + " v" + version + "]";
    }
}
