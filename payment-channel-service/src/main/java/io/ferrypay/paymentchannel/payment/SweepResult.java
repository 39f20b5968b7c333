package io.ferrypay.paymentchannel.payment;

/**
 * What one turn of the clock did.
 *
 * @param examined how many were looked at
 * @param changed how many are different now
 * @param unknown how many could not be told; they come up again
 */
public record SweepResult(int examined, int changed, int unknown) {

    /** Both together. */
    public SweepResult plus(SweepResult other) {
        return new SweepResult(
                examined + other.examined, changed + other.changed, unknown + other.unknown);
    }
}
