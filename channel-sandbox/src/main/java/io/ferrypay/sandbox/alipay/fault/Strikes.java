package io.ferrypay.sandbox.alipay.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import tools.jackson.databind.JsonNode;

/**
 * How often a fault strikes before things go well: JSON {@code true} is always, a number the first
 * so many times.
 */
public record Strikes(int count) {

    static final Strikes NEVER = new Strikes(0);
    static final Strikes ALWAYS = new Strikes(Integer.MAX_VALUE);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Strikes of(JsonNode json) {
        if (json.isBoolean()) {
            return json.booleanValue() ? ALWAYS : NEVER;
        }
        if (json.isInt() && json.intValue() >= 0) {
            return new Strikes(json.intValue());
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
