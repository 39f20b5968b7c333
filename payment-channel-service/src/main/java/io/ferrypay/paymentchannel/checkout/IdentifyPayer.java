package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.IdentifiesPayers;
import io.ferrypay.paymentchannel.channel.IdentifiesPayers.IdentityAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Sends a wallet's browser to be told who its user is, and takes the answer in. The way back leads
 * through the payment's own secret address, and carries a state made from it: a code that somebody
 * else obtained cannot be planted.
 */
@Component
class IdentifyPayer {

    private static final int STATE_CHARACTERS = 40;

    private final Channels channels;
    private final String publicUrl;

    IdentifyPayer(Channels channels, @Value("${ferry.public-url}") String publicUrl) {
        this.channels = channels;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    URI begin(String nonce, String accountId) {
        return ability(accountId)
                .identify(
                        accountId,
                        URI.create(publicUrl + "/checkout/" + nonce + "/payer/" + accountId),
                        state(nonce));
    }

    /** Asks the wallet only when the state is ours. */
    IdentityAnswer end(String nonce, String accountId, String code, String state) {
        var expected = state(nonce).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, state.getBytes(StandardCharsets.UTF_8))) {
            return new IdentityAnswer.Refused("wrong_state");
        }
        return ability(accountId).payerOf(accountId, code);
    }

    boolean knows(String accountId) {
        return channels.ability(accountId, IdentifiesPayers.class).isPresent();
    }

    private IdentifiesPayers ability(String accountId) {
        return channels.ability(accountId, IdentifiesPayers.class).orElseThrow();
    }

    private static String state(String nonce) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    ("ferrypay payer state v1 " + nonce)
                                            .getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash).substring(0, STATE_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
