/** Seals secrets for the database. */
@NullMarked
package io.ferrypay.merchant.vault;

import org.jspecify.annotations.NullMarked;
