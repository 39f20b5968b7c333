/** What merchants pay us, and what we put on top where we exchange. */
@NullMarked
package io.ferrypay.tradeadmin.pricing;

import org.jspecify.annotations.NullMarked;
