package io.ferrypay.notify.webhook;

import io.ferrypay.notify.secret.Vault;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The default secret of a merchant, made at first use; it signs what goes to a payment's own {@code
 * notify_url}.
 */
@Component
public class MerchantSecrets {

    private static final int MOST_REMEMBERED = 10_000;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Map<Owner, WebhookSecret> remembered = new ConcurrentHashMap<>();

    MerchantSecrets(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    private record Owner(String merchantId, boolean livemode) {}

    /** As the merchant needs it to check signatures. */
    public String reveal(String merchantId, boolean livemode) {
        return of(merchantId, livemode).reveal();
    }

    WebhookSecret of(String merchantId, boolean livemode) {
        var owner = new Owner(merchantId, livemode);
        var known = remembered.get(owner);
        if (known != null) {
            return known;
        }
        jdbc.sql(
                        "insert into merchant_secret (merchant_id, livemode, sealed_secret) values (?, ?, ?) on conflict do nothing")
                .params(merchantId, livemode, WebhookSecret.random().sealedBy(vault))
                .update();
        var sealed =
                jdbc.sql(
                                "select sealed_secret from merchant_secret where merchant_id = ? and livemode = ?")
                        .params(merchantId, livemode)
                        .query(String.class)
                        .single();
        var secret = WebhookSecret.open(vault, sealed);
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.put(owner, secret);
        }
        return secret;
    }
}
