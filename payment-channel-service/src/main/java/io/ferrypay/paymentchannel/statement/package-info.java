/** What channels say happened on a day, fetched for whoever compares it with our books. */
@NullMarked
package io.ferrypay.paymentchannel.statement;

import org.jspecify.annotations.NullMarked;
