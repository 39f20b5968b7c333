/** WeChat Pay in institution mode on its cross-border API v3: orders, queries, notifications. */
@NullMarked
package io.ferrypay.paymentchannel.channel.wechat;

import org.jspecify.annotations.NullMarked;
