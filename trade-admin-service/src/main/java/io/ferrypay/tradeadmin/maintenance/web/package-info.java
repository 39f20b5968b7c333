/** Maintenance over HTTP. */
@NullMarked
package io.ferrypay.tradeadmin.maintenance.web;

import org.jspecify.annotations.NullMarked;
