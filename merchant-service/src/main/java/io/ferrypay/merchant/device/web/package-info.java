/** Devices and cashiers over HTTP. */
@NullMarked
package io.ferrypay.merchant.device.web;

import org.jspecify.annotations.NullMarked;
