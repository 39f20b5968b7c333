package io.ferrypay.notify.wechatmessage;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param accounts the official accounts that messages come from, one a mode at most; without one
 *     nobody can be bound in that mode
 * @param publicUrl where phones reach the gateway
 * @param bindCodeLives how long a bind code may be scanned
 * @param callTimeout from connecting to the last byte of WeChat's answer
 * @param atOnce most messages under way in this instance
 * @param lease how long a claimed message belongs to this instance; longer than a call can take
 * @param schedule the wait before each try, in order; after the last the message is dead
 * @param giveUpAfter a message that was not sent by then is dead; longer than a day, because a used
 *     up quota comes back the next day
 * @param restWhenMisconfigured how long an account is left alone when WeChat says that it is not
 *     set up as it must be
 * @param retention how long messages are kept to be looked at
 */
@ConfigurationProperties("ferry.wechat-messages")
record WechatMessageSettings(
        @DefaultValue List<Account> accounts,
        URI publicUrl,
        @DefaultValue("10m") Duration bindCodeLives,
        @DefaultValue("8s") Duration callTimeout,
        @DefaultValue("16") int atOnce,
        @DefaultValue("60s") Duration lease,
        @DefaultValue({"0s", "10s", "1m", "5m", "15m", "1h", "2h", "4h", "8h"})
                List<Duration> schedule,
        @DefaultValue("36h") Duration giveUpAfter,
        @DefaultValue("10m") Duration restWhenMisconfigured,
        @DefaultValue("90d") Duration retention) {

    /**
     * An official account.
     *
     * @param mode test or live
     * @param secretFile holds the app secret
     * @param tokenFile holds the token by which WeChat signs what it tells of messages' arrival at
     *     {@code /wechat/events/{appid}}; without one nothing of that is believed
     * @param apiUrl {@code https://api.weixin.qq.com}
     * @param authorizeUrl {@code https://open.weixin.qq.com/connect/oauth2/authorize}
     * @param zone in which times are told
     * @param paymentTemplate for payments
     * @param refundTemplate for refunds
     * @param alertTemplate for unusual use of a printed code; without one nobody is told of that on
     *     WeChat
     */
    record Account(
            String mode,
            String appid,
            Path secretFile,
            @Nullable Path tokenFile,
            @DefaultValue("https://api.weixin.qq.com") URI apiUrl,
            @DefaultValue("https://open.weixin.qq.com/connect/oauth2/authorize") URI authorizeUrl,
            @DefaultValue("Pacific/Auckland") ZoneId zone,
            Template paymentTemplate,
            Template refundTemplate,
            @Nullable Template alertTemplate) {

        boolean livemode() {
            return mode.equals("live");
        }
    }

    /**
     * A template as it was chosen in the account's console.
     *
     * @param fields what to write into each of its keywords; one left out makes WeChat refuse the
     *     message
     */
    record Template(String id, List<Field> fields) {}

    /**
     * @param keyword such as {@code amount2}
     */
    record Field(String keyword, MessageText.Content content) {}
}
