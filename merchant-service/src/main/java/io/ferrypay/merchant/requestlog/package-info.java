/** What merchants' API keys asked for, kept for some days for their developers. */
@NullMarked
package io.ferrypay.merchant.requestlog;

import org.jspecify.annotations.NullMarked;
