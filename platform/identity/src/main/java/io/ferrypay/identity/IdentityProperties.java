package io.ferrypay.identity;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param privateKey this service's own key, a JWK file
 * @param trustedKeys all services' public keys, a JWK set file
 * @param publicPaths patterns that need no token, because something else protects them (a nonce, a
 *     channel's signature) or nothing has to
 */
@ConfigurationProperties("ferry.identity")
record IdentityProperties(
        Path privateKey, Path trustedKeys, @DefaultValue List<String> publicPaths) {}
