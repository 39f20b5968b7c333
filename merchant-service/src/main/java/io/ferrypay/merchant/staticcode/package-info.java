/** Printed codes: one code for every wallet, scanned again and again by many shoppers. */
@NullMarked
package io.ferrypay.merchant.staticcode;

import org.jspecify.annotations.NullMarked;
