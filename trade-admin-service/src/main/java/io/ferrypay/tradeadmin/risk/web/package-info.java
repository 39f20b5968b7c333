/** Risk for the console. */
@NullMarked
package io.ferrypay.tradeadmin.risk.web;

import org.jspecify.annotations.NullMarked;
