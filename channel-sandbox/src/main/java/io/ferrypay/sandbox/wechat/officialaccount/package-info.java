/** The official account's side: its access tokens, and the template messages people get from it. */
@NullMarked
package io.ferrypay.sandbox.wechat.officialaccount;

import org.jspecify.annotations.NullMarked;
