/** The payer's pages and the portal, served from files. */
@NullMarked
package io.ferrypay.gateway.page;

import org.jspecify.annotations.NullMarked;
