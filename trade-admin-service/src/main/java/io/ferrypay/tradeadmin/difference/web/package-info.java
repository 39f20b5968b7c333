/** Differences for the console. */
@NullMarked
package io.ferrypay.tradeadmin.difference.web;

import org.jspecify.annotations.NullMarked;
