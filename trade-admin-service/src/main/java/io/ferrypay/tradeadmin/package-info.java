/** The company's books and its staff. */
@NullMarked
package io.ferrypay.tradeadmin;

import org.jspecify.annotations.NullMarked;
