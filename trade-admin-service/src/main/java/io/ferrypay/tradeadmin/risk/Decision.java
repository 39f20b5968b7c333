package io.ferrypay.tradeadmin.risk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of held money. */
public enum Decision {
    /** Its merchant gets it. */
    RELEASE,
    /** It goes back to the payer. */
    REFUSE;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Decision ofText(String text) {
        for (var decision : values()) {
            if (decision.text().equals(text)) {
                return decision;
            }
        }
        throw new IllegalArgumentException("no decision");
    }
}
