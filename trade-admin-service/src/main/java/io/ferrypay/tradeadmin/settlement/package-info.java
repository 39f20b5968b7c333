/** When what was paid may be withdrawn. */
@NullMarked
package io.ferrypay.tradeadmin.settlement;

import org.jspecify.annotations.NullMarked;
