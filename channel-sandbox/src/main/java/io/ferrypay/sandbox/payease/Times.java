package io.ferrypay.sandbox.payease;

import com.fasterxml.jackson.annotation.JsonCreator;
import tools.jackson.databind.JsonNode;

/**
 * How often a fault strikes before things go well: JSON {@code true} is always, a number the first
 * so many times.
 */
record Times(int count) {

    static final Times NEVER = new Times(0);
    private static final Times ALWAYS = new Times(Integer.MAX_VALUE);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Times of(JsonNode json) {
        if (json.isBoolean()) {
            return json.booleanValue() ? ALWAYS : NEVER;
        }
        if (json.isInt() && json.intValue() >= 0) {
            return new Times(json.intValue());
        }
        throw new IllegalArgumentException("true, false or a number of times");
    }

    /**
     * @param attempt counted from 1
     */
    boolean covers(int attempt) {
        return attempt <= count;
    }
}
