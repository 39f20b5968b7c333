package io.ferrypay.identity;

/**
 * A token that does not prove who calls. Says to us why; the caller only hears that it is not
 * authenticated.
 */
final class InvalidToken extends Exception {

    InvalidToken(String why) {
        super(why, null, false, false);
    }
}
