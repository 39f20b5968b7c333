package io.ferrypay.acceptance.contract;

/** Something that not every company's protocol has. Who lacks it says why, and is held to it. */
enum Gap {
    /** A call of ours that places an order. */
    CALL_TO_PLACE,
    /** A no of the wallet or bank that ends the order. */
    FINAL_DECLINE,
    /** A way to make an unpaid order unpayable. */
    CLOSING,
    /** Orders that stay payable after we have told the shop that they are not. */
    LATE_MONEY,
    /** A time in notifications that makes old ones worthless. */
    TIME_IN_NOTICES,
    /** A browser that comes back with word of the order. */
    BROWSER_RETURN,
    /** A number of ours for a refund, under which asking again is the same refund. */
    REPEATABLE_REFUNDS
}
