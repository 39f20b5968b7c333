/**
 * Times in which a channel's account is not offered to payers: planned by one person, approved by
 * another.
 */
@NullMarked
package io.ferrypay.tradeadmin.maintenance;

import org.jspecify.annotations.NullMarked;
