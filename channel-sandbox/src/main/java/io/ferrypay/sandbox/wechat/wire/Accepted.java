package io.ferrypay.sandbox.wechat.wire;

/** An answer of 202: an error's code and message, signed because nothing has been refused. */
public record Accepted(WechatError what) {}
