/** Onboarding over HTTP: for the merchant's people, and for those who review. */
@NullMarked
package io.ferrypay.merchant.onboarding.web;

import org.jspecify.annotations.NullMarked;
