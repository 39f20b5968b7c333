package io.ferrypay.merchant.mail;

import com.github.f4b6a3.ulid.UlidCreator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Writes each mail into a file of its own, which appears whole; newest names come last. */
@Component
@ConditionalOnProperty("ferry.mail.folder")
class FolderPostOffice implements PostOffice {

    private final Path folder;

    FolderPostOffice(MailProperties properties) throws IOException {
        this.folder = Files.createDirectories(Objects.requireNonNull(properties.folder()));
    }

    @Override
    public void send(Mail mail) throws NotSent {
        var name = UlidCreator.getMonotonicUlid() + ".txt";
        try {
            var fresh =
                    Files.createTempFile(
                            folder,
                            "mail",
                            ".part",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    fresh,
                    "To: " + mail.to() + "\nSubject: " + mail.subject() + "\n\n" + mail.text());
            Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new NotSent("The mail folder can't be written", e);
        }
    }
}
