/** {@code /v2/exports}. */
@NullMarked
package io.ferrypay.paymentchannel.export.web;

import org.jspecify.annotations.NullMarked;
