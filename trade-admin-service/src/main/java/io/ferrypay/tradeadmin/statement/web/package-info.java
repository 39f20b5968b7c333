/** {@code /v2/balance_statements}. */
@NullMarked
package io.ferrypay.tradeadmin.statement.web;

import org.jspecify.annotations.NullMarked;
