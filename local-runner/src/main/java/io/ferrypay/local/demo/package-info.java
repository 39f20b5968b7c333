/**
 * The main job done once for real: a shop on this machine sells something, a shopper pays it by
 * WeChat Pay, the shop is told.
 */
@NullMarked
package io.ferrypay.local.demo;

import org.jspecify.annotations.NullMarked;
