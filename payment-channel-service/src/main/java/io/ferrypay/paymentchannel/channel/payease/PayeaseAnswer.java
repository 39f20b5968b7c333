package io.ferrypay.paymentchannel.channel.payease;

/** What one call to Payease came to. */
sealed interface PayeaseAnswer<T> {

    /** Whether Payease is well: it is when it refuses, too. */
    default boolean isUsable() {
        return switch (this) {
            case Done<T> _, Refused<T> _ -> true;
            case NotSent<T> _, Unknown<T> _ -> false;
        };
    }

    /** Payease answered, and what it signs was signed. */
    record Done<T>(T value) implements PayeaseAnswer<T> {}

    /** Payease said no, in words we know. */
    record Refused<T>(PayeaseError error) implements PayeaseAnswer<T> {}

    /** Nothing left us. */
    record NotSent<T>(String why) implements PayeaseAnswer<T> {}

    /** Payease may have acted. */
    record Unknown<T>(String why) implements PayeaseAnswer<T> {}
}
