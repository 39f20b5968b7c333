package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.Flow;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Alipay accounts we hold and how patient we are with Alipay.
 *
 * <p>Credentials are never changed in place: a new key is a new account entry with a new id. The
 * last entry of a mode takes new orders; earlier ones keep serving the orders that were placed
 * through them.
 *
 * @param fileTimeout for a whole rate or reconciliation file
 * @param refundWindow how long after a payment it may be refunded; the contract says
 * @param codeRefundsFrom when of a day in Beijing refunds of codes begin to be taken; midnight for
 *     at any time
 * @param charges by the code that a payer shows
 */
@ConfigurationProperties("ferry.channels.alipay")
record AlipayProperties(
        @DefaultValue List<Account> accounts,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("2m") Duration fileTimeout,
        @DefaultValue("64") int maxConcurrentCalls,
        @DefaultValue("180d") Duration refundWindow,
        @DefaultValue("01:30") LocalTime codeRefundsFrom,
        @DefaultValue Charges charges) {

    AlipayProperties {
        accounts = List.copyOf(accounts);
    }

    /**
     * How long to be patient with charges by a pay code, from when they began.
     *
     * @param patience how long the payer has; Alipay asks for ten to twenty queries, three seconds
     *     apart
     * @param unheardAfter when a charge that Alipay does not know cannot reach it any more; an
     *     order closes by itself after three minutes
     */
    record Charges(
            @DefaultValue("60s") Duration patience, @DefaultValue("3m") Duration unheardAfter) {}

    /**
     * One partner with one key.
     *
     * @param partner {@code 2088} and 12 digits
     * @param charset {@code UTF-8} or {@code GBK}: what we send, sign, and are sent
     * @param md5KeyFile for sign type MD5
     * @param privateKeyFile ours, for RSA and RSA2
     * @param publicKeyFile Alipay's, for RSA and RSA2
     * @param inStoreBaseUrl where transaction codes are served, when not at {@code baseUrl}
     * @param flows what the contract covers; a page on a phone takes UTF-8 only
     * @param verifyNotifications whether Alipay is asked about every notification ({@code
     *     notify_verify}) on top of its signature; it answers for about a minute only
     */
    record Account(
            String id,
            Mode mode,
            String partner,
            SignType signType,
            @DefaultValue("UTF-8") String charset,
            @Nullable Path md5KeyFile,
            @Nullable Path privateKeyFile,
            @Nullable Path publicKeyFile,
            URI baseUrl,
            @Nullable URI inStoreBaseUrl,
            URI notifyBaseUrl,
            @DefaultValue({"DESKTOP", "MOBILE", "QR", "IN_WALLET"}) Set<Flow> flows,
            @DefaultValue("false") boolean verifyNotifications) {

        private static final Set<Flow> BUILT =
                EnumSet.of(Flow.DESKTOP, Flow.MOBILE, Flow.QR, Flow.IN_WALLET);

        Account {
            if (!charset.equals("UTF-8") && !charset.equals("GBK")) {
                throw new IllegalArgumentException(
                        "Alipay account " + id + ": charset is UTF-8 or GBK");
            }
            if (signType == SignType.MD5
                    ? md5KeyFile == null
                    : privateKeyFile == null || publicKeyFile == null) {
                throw new IllegalArgumentException(
                        signType == SignType.MD5
                                ? "Alipay account " + id + " needs md5-key-file"
                                : "Alipay account "
                                        + id
                                        + " needs private-key-file and public-key-file");
            }
            var able = EnumSet.noneOf(Flow.class);
            able.addAll(flows);
            able.retainAll(BUILT);
            if (!charset.equals("UTF-8")) {
                able.remove(Flow.MOBILE);
            }
            flows = Set.copyOf(able);
        }

        Charset encoding() {
            return Charset.forName(charset);
        }

        URI onlineGateway() {
            return gateway(baseUrl);
        }

        URI inStoreGateway() {
            return gateway(inStoreBaseUrl == null ? baseUrl : inStoreBaseUrl);
        }

        /**
         * Where Alipay posts the results of orders. Its messages do not name the merchant it
         * collected for, so the address does.
         */
        String notifyUrl(String subMerchantId) {
            return refundNotifyUrl()
                    + "/"
                    + URLEncoder.encode(subMerchantId, StandardCharsets.UTF_8).replace("+", "%20");
        }

        String refundNotifyUrl() {
            return withoutTrailingSlash(notifyBaseUrl) + "/channels/alipay/notifications/" + id;
        }

        String returnUrl() {
            return withoutTrailingSlash(notifyBaseUrl) + "/channels/alipay/returns/" + id;
        }

        private static URI gateway(URI base) {
            return URI.create(withoutTrailingSlash(base) + "/gateway.do");
        }

        private static String withoutTrailingSlash(URI uri) {
            var text = uri.toString();
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
