package io.ferrypay.sandbox.wechat;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who WeChat knows, and how it behaves.
 *
 * @param directory the folder with the keys of both sides, see {@link WechatKeys}
 * @param spMchid the institution that may call
 * @param spAppid the app bound to it
 * @param subMerchants the shops it collects for
 * @param allowLocalNotifyUrl whether plain http to this machine is good enough for notifications
 * @param sendTransactionId whether {@code transaction_id} is sent beside {@code id}
 * @param publicKeyId set to {@code PUB_KEY_ID_…} to sign under a public key's name instead of the
 *     certificate's serial; there are no platform certificates then
 * @param closeNotBefore how old an order must be before it may be closed; WeChat's text says 5
 *     minutes
 * @param refundSpacing least time between two refunds of one order
 * @param refundDelay how long a refund takes that nobody steers
 * @param publicUrl where browsers reach this sandbox, if that is not where the merchant calls it
 * @param h5Domains the hosts from whose pages MWEB may be called; empty means any, even none
 * @param allowLocalPayerIp whether {@code payer_client_ip} may be of this machine or network
 * @param maxOrders how many orders are remembered; the oldest are forgotten first
 * @param notificationParallelism how many notifications may be under way at once
 * @param eventsUrl where the official account's server hears what became of its messages; null for
 *     nowhere
 * @param rates yuan per unit of a currency, in place of or beside the built-in table
 */
@ConfigurationProperties("ferry.sandbox.wechat")
public record WechatProperties(
        @Nullable Path directory,
        String spMchid,
        String spAppid,
        List<SubMerchant> subMerchants,
        @DefaultValue("true") boolean allowLocalNotifyUrl,
        @DefaultValue("false") boolean sendTransactionId,
        @Nullable String publicKeyId,
        @DefaultValue("0s") Duration closeNotBefore,
        @DefaultValue("1m") Duration refundSpacing,
        @DefaultValue("1s") Duration refundDelay,
        @Nullable String publicUrl,
        @DefaultValue List<String> h5Domains,
        @DefaultValue("true") boolean allowLocalPayerIp,
        @DefaultValue("50000") int maxOrders,
        @DefaultValue("64") int notificationParallelism,
        @Nullable URI eventsUrl,
        @DefaultValue Map<String, BigDecimal> rates) {

    /**
     * A shop.
     *
     * @param name what the payer reads
     * @param currency the only currency, beside CNY, in which its orders may be priced
     * @param appids its own apps, if any
     */
    public record SubMerchant(
            String mchid, String name, String currency, @DefaultValue List<String> appids) {}

    /** The shop with this number, or null. */
    public @Nullable SubMerchant subMerchant(@Nullable String mchid) {
        for (var shop : subMerchants) {
            if (shop.mchid().equals(mchid)) {
                return shop;
            }
        }
        return null;
    }
}
