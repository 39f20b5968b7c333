package io.ferrypay.paymentchannel.channel;

import org.jspecify.annotations.Nullable;

/**
 * Who is about to pay, as far as their browser and they themselves have told. Personal: it goes to
 * the channel and nowhere else, and never prints.
 *
 * @param ip the browser's address
 * @param walletUserId how the wallet calls its user towards our account (WeChat's openid), after
 *     {@link IdentifiesPayers}
 * @param bankCode which bank they chose, one of our own codes such as {@code ICBC}
 * @param identity who they are by law, where the channel asks for it
 */
public record Payer(
        @Nullable String ip,
        @Nullable String walletUserId,
        @Nullable String bankCode,
        @Nullable Identity identity) {

    /** Somebody we know nothing of. */
    public static final Payer UNKNOWN = new Payer(null, null, null, null);

    /**
     * A person's name and Chinese identity card number, checked for form.
     *
     * @param name 1–20 characters
     * @param idNumber 18 characters, the last one a check digit, upper case
     */
    public record Identity(String name, String idNumber) {

        @Override
        public String toString() {
            return "Identity[…]";
        }
    }

    @Override
    public String toString() {
        return "Payer[" + (bankCode == null ? "" : bankCode) + "…]";
    }
}
