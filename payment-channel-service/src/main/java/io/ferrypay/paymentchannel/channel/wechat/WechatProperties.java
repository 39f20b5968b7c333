package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.identity.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The WeChat Pay accounts we hold and how patient we are with WeChat.
 *
 * <p>Credentials are never changed in place: a new key or certificate is a new account entry with a
 * new id. The last entry of a mode takes new orders; earlier ones keep serving the orders that were
 * placed through them.
 *
 * @param refundSpacing least time between two refunds of one order; WeChat asks for a minute
 * @param charges by the code that a payer shows
 */
@ConfigurationProperties("ferry.channels.wechat")
record WechatProperties(
        @DefaultValue List<Account> accounts,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("64") int maxConcurrentCalls,
        @DefaultValue("1m") Duration refundSpacing,
        @DefaultValue Charges charges) {

    WechatProperties {
        accounts = List.copyOf(accounts);
    }

    /**
     * How long to be patient with charges by a pay code, from when they began.
     *
     * @param patience how long the payer has; WeChat advises half a minute
     * @param reverseNotBefore WeChat asks for fifteen seconds
     * @param unheardAfter when a charge that WeChat does not know cannot reach it any more; ours
     */
    record Charges(
            @DefaultValue("30s") Duration patience,
            @DefaultValue("15s") Duration reverseNotBefore,
            @DefaultValue("2m") Duration unheardAfter) {}

    /**
     * One institution's identity with one set of keys.
     *
     * @param publicKeyId {@code PUB_KEY_ID_…} when WeChat signs with a public key; may stand beside
     *     certificates while an account moves from one to the other
     * @param certificates whether platform certificates are downloaded from {@code baseUrl}
     * @param appSecretFile the secret of {@code spAppid}; without it nobody can pay inside WeChat,
     *     because nobody can be recognised there
     * @param oauthAuthorizeUrl where WeChat's browser is sent to be recognised
     * @param oauthApiUrl whom we ask who it was
     * @param h5 whether WeChat has approved payments from phones' browsers (MWEB) for this account
     * @param h5StoreAddress the shop's address MWEB wants to be told
     * @param v2KeyFile the key of the older interfaces, which alone tell exchange rates
     * @param v2Signature how to sign with it
     */
    record Account(
            String id,
            Mode mode,
            String spMchid,
            String spAppid,
            String merchantSerial,
            Path privateKeyFile,
            Path apiV3KeyFile,
            URI baseUrl,
            URI notifyBaseUrl,
            @Nullable String publicKeyId,
            @Nullable Path publicKeyFile,
            @DefaultValue("true") boolean certificates,
            @Nullable Path appSecretFile,
            @DefaultValue("https://open.weixin.qq.com/connect/oauth2/authorize")
                    URI oauthAuthorizeUrl,
            @DefaultValue("https://api.weixin.qq.com") URI oauthApiUrl,
            @DefaultValue("false") boolean h5,
            @DefaultValue("New Zealand") String h5StoreAddress,
            @Nullable Path v2KeyFile,
            @DefaultValue("MD5") V2Signature.Kind v2Signature) {

        Account {
            if ((publicKeyId == null) != (publicKeyFile == null)) {
                throw new IllegalArgumentException(
                        "WeChat Pay account "
                                + id
                                + " needs public-key-id and public-key-file together");
            }
            if (publicKeyId == null && !certificates) {
                throw new IllegalArgumentException(
                        "WeChat Pay account " + id + " has nothing to verify answers with");
            }
        }

        URI endpoint(String path) {
            return URI.create(withoutTrailingSlash(baseUrl) + path);
        }

        /** Where WeChat posts the results of orders placed through this account. */
        URI notifyUrl() {
            return URI.create(
                    withoutTrailingSlash(notifyBaseUrl) + "/channels/wechat/notifications/" + id);
        }

        private static String withoutTrailingSlash(URI uri) {
            var text = uri.toString();
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
