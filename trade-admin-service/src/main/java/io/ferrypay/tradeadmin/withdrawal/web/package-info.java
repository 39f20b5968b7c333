/** Withdrawals and bank accounts for merchants, and batches for staff. */
@NullMarked
package io.ferrypay.tradeadmin.withdrawal.web;

import org.jspecify.annotations.NullMarked;
