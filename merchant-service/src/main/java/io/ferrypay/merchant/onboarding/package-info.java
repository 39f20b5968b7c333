/**
 * How a merchant in draft gets its live mode: what it says of itself, the papers, the screening and
 * the review.
 */
@NullMarked
package io.ferrypay.merchant.onboarding;

import org.jspecify.annotations.NullMarked;
