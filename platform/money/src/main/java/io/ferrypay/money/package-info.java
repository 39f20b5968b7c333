/** Amounts of money, their currencies, and rates that say how they round. */
@NullMarked
package io.ferrypay.money;

import org.jspecify.annotations.NullMarked;
