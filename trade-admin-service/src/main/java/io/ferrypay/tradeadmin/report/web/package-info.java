/** Reports over HTTP. */
@NullMarked
package io.ferrypay.tradeadmin.report.web;

import org.jspecify.annotations.NullMarked;
