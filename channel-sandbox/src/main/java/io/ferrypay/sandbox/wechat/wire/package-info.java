/** API v3 on the wire: who may call, how errors look, how answers are signed. */
@NullMarked
package io.ferrypay.sandbox.wechat.wire;

import org.jspecify.annotations.NullMarked;
