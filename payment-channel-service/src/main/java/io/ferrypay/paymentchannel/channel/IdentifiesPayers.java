package io.ferrypay.paymentchannel.channel;

import java.net.URI;

/** Has to know its user before an {@link Flow#IN_WALLET} order can be placed (WeChat's OAuth). */
public interface IdentifiesPayers extends PaymentChannel {

    /**
     * Where to send the wallet's browser; it comes back to {@code callback} with {@code code} and
     * {@code state} in the query.
     *
     * @param state up to 128 of {@code [A-Za-z0-9]}
     */
    URI identify(String accountId, URI callback, String state);

    /** Swaps the code, which works once and for five minutes, for the user. */
    IdentityAnswer payerOf(String accountId, String code);

    /** Who it is. */
    sealed interface IdentityAnswer {

        /** How the wallet calls them towards our account. Personal. */
        record Known(String walletUserId) implements IdentityAnswer {

            @Override
            public String toString() {
                return "Known[…]";
            }
        }

        /** The code is wrong or used up: send the browser once more. */
        record Refused(String code) implements IdentityAnswer {}

        /** No usable answer: trying again is harmless. */
        record Unknown(String why) implements IdentityAnswer {}
    }
}
