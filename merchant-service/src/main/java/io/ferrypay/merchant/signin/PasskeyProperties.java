package io.ferrypay.merchant.signin;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where passkeys are good. Without settings: where the portal is, as {@code ferry.public-url} says.
 *
 * @param rpId the domain that passkeys are bound to, for ever: another one makes all of them
 *     useless
 * @param origins the addresses of the pages that may ask for one, such as {@code
 *     https://portal.example}
 * @param mustHave roles, as they are written in the API, whose last second factor can't be taken
 *     away
 */
@ConfigurationProperties("ferry.portal.second-factors")
record PasskeyProperties(
        @Nullable String rpId, @Nullable List<String> origins, @Nullable List<String> mustHave) {

    String rpId(URI publicUrl) {
        return rpId == null ? publicUrl.getHost() : rpId;
    }

    List<String> origins(URI publicUrl) {
        return origins == null || origins.isEmpty()
                ? List.of(publicUrl.getScheme() + "://" + publicUrl.getAuthority())
                : origins;
    }

    boolean mustHave(String role) {
        return mustHave != null && mustHave.contains(role);
    }
}
