/** What the platform's own services and staff may read of the books. */
@NullMarked
package io.ferrypay.tradeadmin.ledger.web;

import org.jspecify.annotations.NullMarked;
