/** The payer's pages, served from files. */
@NullMarked
package io.ferrypay.gateway.page;

import org.jspecify.annotations.NullMarked;
