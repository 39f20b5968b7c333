/**
 * WeChat Pay's cross-border servers as a client sees them: keys, configuration and how the parts
 * fit together.
 *
 * <p>Orders by QR code, inside WeChat (JSAPI), from phones' browsers (MWEB) and by the code that a
 * payer shows (MICROPAY), refunds, the day's file, the older interface for rates, and the official
 * account's OAuth. Browsers get a wallet at {@code /wallet/wechat}; one that only says it is WeChat
 * loads {@code /wechat/bridge.js} first to have a {@code WeixinJSBridge}. Tests steer all of it
 * under {@code /control/wechat}: see the control package, and the fault package for what can be
 * made to go wrong. There are no magic amounts.
 */
@NullMarked
package io.ferrypay.sandbox.wechat;

import org.jspecify.annotations.NullMarked;
