package io.ferrypay.reconcile.load;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Service;

/** Gives a statement back as it came. */
@Service
public class OpenStatement {

    private final FileStore files;

    OpenStatement(FileStore files) {
        this.files = files;
    }

    /**
     * @param sha256 of the file, lower-case hex
     * @return its bytes, which the caller closes
     * @throws java.nio.file.NoSuchFileException when it is not there
     */
    public InputStream open(String sha256) throws IOException {
        return files.open(sha256);
    }
}
