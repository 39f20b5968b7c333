package io.ferrypay.identity;

import java.util.Locale;

/** Whether real money moves. Objects of one mode are invisible in the other. */
public enum Mode {
    TEST,
    LIVE;

    /** Reads {@link #text()}. */
    public static Mode of(String text) {
        return switch (text) {
            case "test" -> TEST;
            case "live" -> LIVE;
            default -> throw new IllegalArgumentException("Not a mode: " + text);
        };
    }

    public static Mode ofLivemode(boolean livemode) {
        return livemode ? LIVE : TEST;
    }

    public boolean livemode() {
        return this == LIVE;
    }

    /** As it stands in tokens, keys and tables: in lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
