/**
 * What our staff say of payments: rules, which are published to where payments are made, and cases,
 * in which people decide on what a rule has held.
 */
@NullMarked
package io.ferrypay.tradeadmin.risk;

import org.jspecify.annotations.NullMarked;
