/** What operators, by way of other services, can see and change of banks. */
@NullMarked
package io.ferrypay.paymentchannel.bank.web;

import org.jspecify.annotations.NullMarked;
