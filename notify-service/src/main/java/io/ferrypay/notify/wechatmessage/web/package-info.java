/**
 * Messages on WeChat over HTTP: for merchants' systems, and for the phone that scans a bind code.
 */
@NullMarked
package io.ferrypay.notify.wechatmessage.web;

import org.jspecify.annotations.NullMarked;
