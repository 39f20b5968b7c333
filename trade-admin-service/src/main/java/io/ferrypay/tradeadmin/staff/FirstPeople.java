package io.ferrypay.tradeadmin.staff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets the first people in. They are two, because whatever matters needs two from then on: each
 * gets a link of their own, which is good once. Where fewer are left later, the next start lets
 * others in the same way. Links that nobody used are made anew at each start, for nobody but their
 * file knows them.
 */
@Component
class FirstPeople {

    static final int NEEDED = 2;

    private static final Logger log = LoggerFactory.getLogger(FirstPeople.class);

    private final StaffAccounts accounts;
    private final StaffLinks links;
    private final StaffProperties properties;
    private final TransactionTemplate transactions;
    private final String publicUrl;

    FirstPeople(
            StaffAccounts accounts,
            StaffLinks links,
            StaffProperties properties,
            TransactionTemplate transactions,
            @Value("${ferry.public-url}") String publicUrl) {
        this.accounts = accounts;
        this.links = links;
        this.properties = properties;
        this.transactions = transactions;
        this.publicUrl = publicUrl;
    }

    @EventListener(ApplicationReadyEvent.class)
    void invite() {
        var file = properties.firstLinksFile();
        if (file == null) {
            return;
        }
        transactions.executeWithoutResult(_ -> {
            accounts.lockAdministrators();
            var missing = NEEDED - accounts.activeAdministrators();
            links.forgetFirst();
            if (missing <= 0) {
                remove(file);
                return;
            }
            var lines = new ArrayList<String>();
            for (var i = 0; i < missing; i++) {
                lines.add(publicUrl + "/console/join#token=" + links.issue(null));
            }
            write(file, String.join("\n", lines) + "\n");
            log.warn("{} people may begin, each by a link in {}", missing, file);
        });
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
