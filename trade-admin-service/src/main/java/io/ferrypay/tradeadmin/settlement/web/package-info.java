/** Balances and settlements for merchants, and what job-service and our own people order. */
@NullMarked
package io.ferrypay.tradeadmin.settlement.web;

import org.jspecify.annotations.NullMarked;
