package io.ferrypay.sandbox.alipay.notification;

import java.util.Map;

/**
 * One thing to tell, the same every time it is told; each copy is signed anew.
 *
 * @param id Alipay's for the notification
 * @param outTradeNo the order it is about
 * @param facts what is told, without signature
 */
record AlipayNotice(
        String id,
        String outTradeNo,
        String url,
        String signType,
        String charset,
        Map<String, String> facts) {}
