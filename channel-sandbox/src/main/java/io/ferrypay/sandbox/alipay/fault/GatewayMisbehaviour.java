package io.ferrypay.sandbox.alipay.fault;

/** What goes wrong with one call; see {@link GatewayFaults} for the meaning of each. */
public record GatewayMisbehaviour(
        boolean failBefore,
        boolean failAfter,
        long timeoutAfterMs,
        boolean cut,
        boolean unsigned,
        boolean badSignature,
        boolean html502) {

    public static final GatewayMisbehaviour NONE =
            new GatewayMisbehaviour(false, false, 0, false, false, false, false);

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
