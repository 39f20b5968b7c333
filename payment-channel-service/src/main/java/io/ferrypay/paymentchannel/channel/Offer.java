package io.ferrypay.paymentchannel.channel;

import java.util.Map;

/** What our page has to do so that the payer can pay. */
public sealed interface Offer {

    /** Show this text as a QR code. */
    record ShowQr(String content) implements Offer {}

    /** Send the browser to this address. */
    record Redirect(String url) implements Offer {}

    /**
     * Have the browser post this form. Made anew each time and never stored: it may hold who the
     * payer is.
     *
     * @param charset how the fields are to be encoded, {@code UTF-8} or {@code GBK}
     * @param fields in the order in which they are to be sent
     */
    record SubmitForm(String action, String charset, Map<String, String> fields) implements Offer {

        @Override
        public String toString() {
            return "SubmitForm[" + action + "]";
        }
    }

    /**
     * Hand these to the wallet our page is open in ({@code WeixinJSBridge}'s {@code
     * getBrandWCPayRequest}).
     */
    record CallWallet(Map<String, String> parameters) implements Offer {

        @Override
        public String toString() {
            return "CallWallet[…]";
        }
    }
}
