package io.ferrypay.paymentchannel.channel;

import java.time.Duration;

/**
 * A channel's rhythm about charges by a pay code, all of it counted from when the charge began.
 *
 * @param firstQuery when to ask first what became of a charge without a final answer
 * @param queryEvery how long to wait before asking again
 * @param patience how long the payer has to confirm before the charge is taken back
 * @param reverseNotBefore the earliest time to take it back
 * @param unheardAfter when a charge that the channel still does not know cannot reach it any more
 */
public record ChargeRules(
        Duration firstQuery,
        Duration queryEvery,
        Duration patience,
        Duration reverseNotBefore,
        Duration unheardAfter) {}
