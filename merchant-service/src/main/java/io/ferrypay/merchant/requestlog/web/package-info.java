/** {@code /v2/request_log}, and what the gateway hands over. */
@NullMarked
package io.ferrypay.merchant.requestlog.web;

import org.jspecify.annotations.NullMarked;
