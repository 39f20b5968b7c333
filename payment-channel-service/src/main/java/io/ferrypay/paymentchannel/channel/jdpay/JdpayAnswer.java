package io.ferrypay.paymentchannel.channel.jdpay;

/** What one call to JD came to. */
sealed interface JdpayAnswer<T> {

    /** Whether JD is well: it is when it refuses, too. */
    default boolean isUsable() {
        return switch (this) {
            case Done<T> _, Failed<T> _ -> true;
            case NotNow<T> _, Unknown<T> _ -> false;
        };
    }

    /** JD did it and signed for it. */
    record Done<T>(T value) implements JdpayAnswer<T> {}

    /**
     * JD says that it did not. Nobody signs for that and the list of codes is not public, so it
     * proves nothing about money.
     */
    record Failed<T>(String code) implements JdpayAnswer<T> {}

    /** The request never left. */
    record NotNow<T>(String why) implements JdpayAnswer<T> {}

    /** JD may have acted. */
    record Unknown<T>(String why) implements JdpayAnswer<T> {}
}
