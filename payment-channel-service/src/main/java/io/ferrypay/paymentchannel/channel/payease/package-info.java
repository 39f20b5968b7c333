/**
 * Online banking through Payease's classic gateway: the browser posts a form, Payease answers in
 * XML, notifies in batches and signs by raw RSA. Its newer product (5upay v3) would be a second
 * profile behind the same abilities and is not built.
 */
@NullMarked
package io.ferrypay.paymentchannel.channel.payease;

import org.jspecify.annotations.NullMarked;
