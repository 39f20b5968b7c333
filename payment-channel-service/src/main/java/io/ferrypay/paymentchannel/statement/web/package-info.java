/** Hands statements to the other services. */
@NullMarked
package io.ferrypay.paymentchannel.statement.web;

import org.jspecify.annotations.NullMarked;
