/** The cross-border API v3: certificates, QR orders, queries and closing. */
@NullMarked
package io.ferrypay.sandbox.wechat.api;

import org.jspecify.annotations.NullMarked;
