package io.ferrypay.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys by which services know each other: one private file a service, one file with all public
 * keys. The key id is the service's name.
 */
public final class KeyFiles {

    private static final String TRUSTED = "trusted.jwks";

    private KeyFiles() {}

    /**
     * Writes {@code <service>.jwk} for each service, readable by the owner only, and {@code
     * trusted.jwks} last, so that its presence means completeness.
     */
    public static void generate(Path folder, List<String> services) {
        try {
            Files.createDirectories(folder);
            var publicKeys = new ArrayList<JWK>();
            for (var service : services) {
                var key = new ECKeyGenerator(Curve.P_256).keyID(service).generate();
                writePrivately(folder.resolve(service + ".jwk"), key.toJSONString());
                publicKeys.add(key.toPublicJWK());
            }
            writePrivately(folder.resolve(TRUSTED), new JWKSet(publicKeys).toString(true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey privateKey(Path file) {
        try {
            return ECKey.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The private key of this service can't be read", e);
        } catch (ParseException e) {
            throw new IllegalStateException("The private key of this service is not a JWK", e);
        }
    }

    static List<ECKey> trustedKeys(Path file) {
        try {
            return JWKSet.parse(Files.readString(file)).getKeys().stream()
                    .map(JWK::toECKey)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The trusted keys can't be read", e);
        } catch (ParseException e) {
            throw new IllegalStateException("The trusted keys are not a JWK set", e);
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
