package io.ferrypay.paymentchannel.payment;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A merchant's own notes on a payment, as one column of JSON. */
final class MetadataText {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

    private MetadataText() {}

    static String write(Map<String, String> metadata) {
        return metadata.isEmpty() ? "{}" : JSON.writeValueAsString(metadata);
    }

    static Map<String, String> parse(String column) {
        return "{}".equals(column) ? Map.of() : JSON.readValue(column, MAP);
    }
}
