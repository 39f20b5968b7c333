/**
 * The pretended Payease: the classic gateway's pages and XML under {@code /payease}, and a page for
 * each of its nineteen banks.
 *
 * <p>Amounts that mean something: a payment above the bank's limits (50 000 yuan at once and 200
 * 000 a day, unless {@code /control/payease/settings} says otherwise) fails with 超过限额; a refund
 * that ends in 13 fen stays open until somebody decides, one that ends in 14 fen is refused. All
 * other refunds are done two seconds after they were accepted.
 *
 * <p>What is not public about the real one (how it retries, what refunds sign, their states) is the
 * design of the protocol sheet. There is no statement and no way to close an order, because the
 * real one has none: those addresses answer 404.
 */
@NullMarked
package io.ferrypay.sandbox.payease;

import org.jspecify.annotations.NullMarked;
