package io.ferrypay.reconcile.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** In a folder, which all instances share. */
final class FolderStore implements FileStore {

    private final Path folder;

    FolderStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public Stored add(InputStream in) throws IOException {
        try (var arrived = ArrivingFile.read(in, folder)) {
            return keep(arrived);
        }
    }

    @Override
    public Optional<Stored> addIf(String sha256, InputStream in) throws IOException {
        try (var arrived = ArrivingFile.read(in, folder)) {
            return arrived.sha256().equals(sha256) ? Optional.of(keep(arrived)) : Optional.empty();
        }
    }

    private Stored keep(ArrivingFile arrived) throws IOException {
        var place = place(arrived.sha256());
        Files.createDirectories(place.getParent());
        Files.move(arrived.path(), place, StandardCopyOption.ATOMIC_MOVE);
        return arrived.stored();
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        return new BufferedInputStream(Files.newInputStream(place(sha256)), ArrivingFile.PIECE);
    }

    private Path place(String sha256) {
        return folder.resolve(ArrivingFile.checked(sha256).substring(0, 2)).resolve(sha256);
    }
}
