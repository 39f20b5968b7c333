/** People who may act for a merchant, and the role of each. */
@NullMarked
package io.ferrypay.merchant.team;

import org.jspecify.annotations.NullMarked;
