/** The world outside, played locally: acquirers' servers and their payers' wallets. */
@NullMarked
package io.ferrypay.sandbox;

import org.jspecify.annotations.NullMarked;
