/** The orders WeChat holds, and the rules by which they are paid, closed or run out. */
@NullMarked
package io.ferrypay.sandbox.wechat.order;

import org.jspecify.annotations.NullMarked;
