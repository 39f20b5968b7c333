package io.ferrypay.events;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/**
 * A page of a feed as JSON: events in the structured mode of CloudEvents 1.0, with the extension
 * attributes {@code version} and {@code cursor}. Independent of how the service around it has
 * configured its own JSON.
 */
final class CloudEvents {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private CloudEvents() {}

    /**
     * @throws JacksonException if the text is not JSON
     */
    static JsonNode data(String json) {
        return JSON.readTree(json);
    }

    static byte[] write(OutboxReader.Page page, String source) {
        var feed = JSON.createObjectNode();
        var events = feed.putArray("events");
        for (var row : page.rows()) {
            events.addObject()
                    .put("specversion", "1.0")
                    .put("id", row.id())
                    .put("source", source)
                    .put("type", row.type())
                    .put("subject", row.subject())
                    .put("time", row.time().toString())
                    .put("datacontenttype", "application/json")
                    .put("version", row.version())
                    .put("cursor", row.cursor().toString())
                    .putRawValue("data", new RawValue(row.data()));
        }
        feed.put("next", page.next().toString());
        return JSON.writeValueAsBytes(feed);
    }

    /**
     * @throws FeedUnavailable if this is not a page of a feed
     */
    static FeedPage read(byte[] body) {
        try {
            var feed = JSON.readTree(body);
            var entries = new ArrayList<FeedPage.Entry>();
            for (var event : feed.required("events")) {
                entries.add(
                        new FeedPage.Entry(
                                new Event(
                                        event.required("id").stringValue(),
                                        event.required("type").stringValue(),
                                        event.required("subject").stringValue(),
                                        event.required("version").longValue(),
                                        Instant.parse(event.required("time").stringValue()),
                                        event.required("data")),
                                Cursor.parse(event.required("cursor").stringValue()).toString()));
            }
            var next = Cursor.parse(feed.required("next").stringValue()).toString();
            return new FeedPage(entries, next);
        } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
            throw new FeedUnavailable("The feed's answer cannot be read", e);
        }
    }
}
