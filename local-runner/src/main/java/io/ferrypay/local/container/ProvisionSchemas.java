package io.ferrypay.local.container;

import io.ferrypay.local.Part;
import io.ferrypay.local.Refusal;
import io.ferrypay.postgres.ServiceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gives each service that stores something its schema and its role in one database; safe to repeat,
 * also to exchange passwords and for services that are new.
 */
public final class ProvisionSchemas {

    /** Where Spring finds the password, so that one file serves both. */
    private static final String PASSWORD = "spring.datasource.password";

    private ProvisionSchemas() {}

    /**
     * @param arguments the JDBC URL; who may create roles; the file with that one's password; the
     *     folder that has a folder for each service
     */
    public static void main(String[] arguments) {
        if (arguments.length != 4) {
            throw new Refusal("Arguments: JDBC-URL ADMIN ADMIN-PASSWORD-FILE SECRETS-FOLDER");
        }
        var admin = new PGSimpleDataSource();
        admin.setUrl(arguments[0]);
        admin.setUser(arguments[1]);
        admin.setPassword(secret(Path.of(arguments[2])));
        var secrets = Path.of(arguments[3]);
        Stream.of(Part.values())
                .forEach(part ->
                        part.schema()
                                .ifPresent(schema -> {
                                    var file = secrets.resolve(part.module()).resolve(PASSWORD);
                                    ServiceSchema.provision(admin, schema, secret(file));
                                    System.out.println("schema " + schema + ": ready");
                                }));
    }

    private static String secret(Path file) {
        try {
            var secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw new Refusal("The file " + file + " is empty.");
            }
            return secret;
        } catch (IOException e) {
            throw new Refusal("The file " + file + " can't be read.", e);
        }
    }
}
