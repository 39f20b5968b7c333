/** What every channel's notifications go through: kept, taken once, applied, durable. */
@NullMarked
package io.ferrypay.paymentchannel.channel.notification;

import org.jspecify.annotations.NullMarked;
