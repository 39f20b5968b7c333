/** The banks whose online banking shoppers can choose, and how much each lets through. */
@NullMarked
package io.ferrypay.paymentchannel.bank;

import org.jspecify.annotations.NullMarked;
