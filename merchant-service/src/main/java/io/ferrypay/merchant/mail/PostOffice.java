package io.ferrypay.merchant.mail;

/** Takes mails to where people read them. */
interface PostOffice {

    /** Fails when the mail was not taken over; it is tried again later. */
    void send(Mail mail) throws NotSent;

    /** The mail is still ours. Says why in words that hold no address and no content. */
    final class NotSent extends Exception {

        NotSent(String why, Throwable cause) {
            super(why, cause);
        }
    }
}
