package io.ferrypay.local;

/** Something the user can mend: told in one sentence, without a stack trace. */
public final class Refusal extends RuntimeException {

    public Refusal(String why) {
        super(why);
    }

    public Refusal(String why, Throwable cause) {
        super(why, cause);
    }
}
