package io.ferrypay.notify.webhook;

import io.ferrypay.notify.secret.Vault;
import io.ferrypay.notify.webhook.Deliveries.Due;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.springframework.stereotype.Component;

/**
 * The signature header by Standard Webhooks 1.0 over {@code id.timestamp.body}: the secret, those
 * before it while they overlap, and the platform's own key.
 */
@Component
class SignWebhook {

    private final Vault vault;
    private final MerchantSecrets merchantSecrets;
    private final PlatformKeys platformKeys;

    SignWebhook(Vault vault, MerchantSecrets merchantSecrets, PlatformKeys platformKeys) {
        this.vault = vault;
        this.merchantSecrets = merchantSecrets;
        this.platformKeys = platformKeys;
    }

    String of(Due due, long timestampSeconds) {
        var content =
                (due.eventId() + "." + timestampSeconds + "." + due.body())
                        .getBytes(StandardCharsets.UTF_8);
        var signatures = new ArrayList<String>();
        if (due.sealedSecret() == null) {
            signatures.add(merchantSecrets.of(due.merchantId(), due.livemode()).sign(content));
        } else {
            signatures.add(WebhookSecret.open(vault, due.sealedSecret()).sign(content));
            for (var old : due.sealedOldSecrets()) {
                signatures.add(WebhookSecret.open(vault, old).sign(content));
            }
        }
        signatures.add(platformKeys.sign(due.livemode(), content));
        return String.join(" ", signatures);
    }
}
