/** How the audit is read, exported and checked. */
@NullMarked
package io.ferrypay.tradeadmin.audit.web;

import org.jspecify.annotations.NullMarked;
