/** The official account's side: who is looking at a page inside WeChat. */
@NullMarked
package io.ferrypay.sandbox.wechat.oauth;

import org.jspecify.annotations.NullMarked;
