package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.identity.Mode;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Payease accounts we hold and how patient we are with Payease. Credentials are never changed
 * in place: a new key is a new account entry with a new id. The last entry of a mode takes new
 * orders; earlier ones keep serving the orders that were placed through them.
 *
 * @param confirmWithin how long a notification may wait for the query that confirms it; Payease
 *     gets its answer a little later
 */
@ConfigurationProperties("ferry.channels.payease")
record PayeaseProperties(
        @DefaultValue List<Account> accounts,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("3s") Duration confirmWithin,
        @DefaultValue("32") int maxConcurrentCalls) {

    PayeaseProperties {
        accounts = List.copyOf(accounts);
    }

    /** Which of Payease's pages takes the order; it decides the charset of what comes back. */
    enum Page {
        UTF8("/customer/gb/pay_bank_utf8.jsp", StandardCharsets.UTF_8),
        GBK("/customer/gb/pay_bank.jsp", Charset.forName("GBK"));

        private final String path;
        private final Charset charset;

        Page(String path, Charset charset) {
            this.path = path;
            this.charset = charset;
        }

        String path() {
            return path;
        }

        Charset charset() {
            return charset;
        }
    }

    /**
     * One merchant number with its key. What public sources do not settle about Payease is a switch
     * here.
     *
     * @param merchantNumber {@code v_mid}
     * @param keyFile the shared HMAC key, text
     * @param publicKeyFile Payease's {@code Public1024.key}
     * @param baseUrl where browsers go
     * @param apiBaseUrl where queries and refunds go; {@code baseUrl} if left out
     * @param notifyBaseUrl our own public address; the notification URL itself is registered with
     *     Payease by letter
     * @param identityRequired whether the payer's name and identity number must be sent
     * @param macRequired whether {@code v_mac} must fit, beside {@code v_sign} and {@code
     *     v_md5money}, which always must
     * @param creditUnconfirmed whether a notification counts when the query that should confirm it
     *     gets no answer at all; {@code v_sign} alone proves it then
     * @param refundSigns whether the signs of refunds are checked; the text they cover is not
     *     public, ours is an assumption
     * @param operator {@code v_refoprt}
     * @param refundWindow how long after the payment refunds are asked for; Payease's own limit is
     *     not public
     */
    record Account(
            String id,
            Mode mode,
            String merchantNumber,
            Path keyFile,
            Path publicKeyFile,
            URI baseUrl,
            @Nullable URI apiBaseUrl,
            URI notifyBaseUrl,
            @DefaultValue("utf8") Page page,
            @DefaultValue("true") boolean identityRequired,
            @DefaultValue("true") boolean macRequired,
            @DefaultValue("true") boolean creditUnconfirmed,
            @DefaultValue("true") boolean refundSigns,
            @DefaultValue("ferrypay") String operator,
            @DefaultValue("180d") Duration refundWindow) {

        Account {
            if (!merchantNumber.matches("[0-9]{1,20}")) {
                throw new IllegalArgumentException(
                        "Payease account " + id + " has a merchant-number that is none");
            }
        }

        /** The page at which the browser's form arrives. */
        String orderUrl() {
            return withoutTrailingSlash(baseUrl) + page.path();
        }

        String endpoint(String path) {
            return withoutTrailingSlash(apiBaseUrl == null ? baseUrl : apiBaseUrl) + path;
        }

        /** Where the browser comes back to. */
        String returnUrl() {
            return withoutTrailingSlash(notifyBaseUrl) + "/channels/payease/returns/" + id;
        }

        private static String withoutTrailingSlash(URI uri) {
            var text = uri.toString();
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
