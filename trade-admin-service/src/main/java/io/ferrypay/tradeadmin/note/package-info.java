/** What staff tell each other about a merchant. */
@NullMarked
package io.ferrypay.tradeadmin.note;

import org.jspecify.annotations.NullMarked;
