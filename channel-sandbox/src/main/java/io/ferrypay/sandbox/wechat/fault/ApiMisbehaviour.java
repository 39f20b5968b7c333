package io.ferrypay.sandbox.wechat.fault;

/** What goes wrong with one API call; see {@link ApiFaults} for the meaning of each. */
public record ApiMisbehaviour(
        boolean failBefore,
        boolean failAfter,
        long timeoutAfterMs,
        boolean unsigned,
        boolean badSignature,
        boolean html502,
        boolean rateLimited) {

    static final ApiMisbehaviour NONE =
            new ApiMisbehaviour(false, false, 0, false, false, false, false);

    /** Waits as long as the answer is to be late. */
    public void hesitate() {
        if (timeoutAfterMs > 0) {
            try {
                Thread.sleep(timeoutAfterMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
