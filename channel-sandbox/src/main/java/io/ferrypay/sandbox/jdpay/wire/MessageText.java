package io.ferrypay.sandbox.jdpay.wire;

import org.jspecify.annotations.Nullable;

/** Elements of a message, written one after another in one line. */
public final class MessageText {

    private final StringBuilder text = new StringBuilder();

    /** Leaves out what is null; writes what is empty. */
    public MessageText add(String name, @Nullable Object value) {
        if (value != null) {
            var escaped =
                    value.toString()
                            .replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace(">", "&gt;");
            text.append('<').append(name).append('>').append(escaped);
            text.append("</").append(name).append('>');
        }
        return this;
    }

    /** An element with elements in it. */
    public MessageText add(String name, MessageText inner) {
        text.append('<').append(name).append('>').append(inner.text);
        text.append("</").append(name).append('>');
        return this;
    }

    public MessageText add(MessageText more) {
        text.append(more.text);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
