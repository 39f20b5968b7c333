package io.ferrypay.merchant.device;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about devices and cashiers. */
final class DeviceProblems {

    static final ProblemCode UNKNOWN_STORE =
            ProblemCode.of("unknown_store", 422, "You have no such store in this mode");
    static final ProblemCode TOO_MANY_CASHIERS =
            ProblemCode.of("too_many_cashiers", 422, "This store has as many cashiers as it may");
    static final ProblemCode DEVICE_REVOKED =
            ProblemCode.of("device_revoked", 409, "This device is revoked for good");
    static final ProblemCode CASHIER_DISABLED =
            ProblemCode.of("cashier_disabled", 409, "This cashier is disabled for good");
    static final ProblemCode PAIRING_CODE_INVALID =
            ProblemCode.of(
                    "pairing_code_invalid", 403, "This pairing code is wrong, used or too old");
    static final ProblemCode WRONG_PIN = ProblemCode.of("wrong_pin", 403, "The PIN is wrong");

    // To the gateway, which says them to the device as 401.
    static final ProblemCode KEY_UNKNOWN =
            ProblemCode.of("unauthenticated", 401, "There is no such device key");
    static final ProblemCode KEY_REVOKED =
            ProblemCode.of("device_revoked", 401, "This device is revoked for good");
    static final ProblemCode CLOCK_SKEWED =
            ProblemCode.of("clock_skewed", 401, "The clock of this device is wrong");
    static final ProblemCode SIGNATURE_INVALID =
            ProblemCode.of("signature_invalid", 401, "The signature does not fit the request");
    static final ProblemCode NONCE_USED =
            ProblemCode.of("nonce_used", 401, "A request with this nonce has been here before");

    private DeviceProblems() {}
}
