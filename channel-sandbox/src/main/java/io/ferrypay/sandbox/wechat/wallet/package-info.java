/** The pretended WeChat app: pages on which a person pays or refuses. */
@NullMarked
package io.ferrypay.sandbox.wechat.wallet;

import org.jspecify.annotations.NullMarked;
