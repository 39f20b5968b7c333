/** Money sent to merchants' banks. */
@NullMarked
package io.ferrypay.tradeadmin.withdrawal;

import org.jspecify.annotations.NullMarked;
