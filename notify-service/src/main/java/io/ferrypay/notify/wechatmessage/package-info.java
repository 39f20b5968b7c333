/**
 * Tells a merchant's people of payments and refunds on their own WeChat, by template messages of
 * the platform's official account.
 */
@NullMarked
package io.ferrypay.notify.wechatmessage;

import org.jspecify.annotations.NullMarked;
