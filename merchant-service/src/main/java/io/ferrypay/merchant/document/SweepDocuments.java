package io.ferrypay.merchant.document;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes files that a crash left without a row. Younger ones may still get theirs; a document's id
 * is never used again, so an old file without a row never will.
 */
@Component
class SweepDocuments {

    private static final Logger log = LoggerFactory.getLogger(SweepDocuments.class);
    static final Duration AGE = Duration.ofHours(1);
    private static final int BATCH = 500;

    private final DocumentFiles files;
    private final JdbcClient jdbc;
    private final Clock clock;

    SweepDocuments(DocumentFiles files, JdbcClient jdbc, Clock clock) {
        this.files = files;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void sweep() throws IOException {
        var old = files.writtenBefore(clock.instant().minus(AGE));
        for (var from = 0; from < old.size(); from += BATCH) {
            removeWithoutRow(old.subList(from, Math.min(old.size(), from + BATCH)));
        }
    }

    private void removeWithoutRow(List<DocumentFiles.Found> found) {
        var ids = found.stream().map(DocumentFiles.Found::documentId).toArray(String[]::new);
        var known =
                new HashSet<>(
                        jdbc.sql("select id from document where id = any (?)")
                                .param(ids)
                                .query(String.class)
                                .list());
        for (var one : found) {
            if (!known.contains(one.documentId())) {
                remove(one);
            }
        }
    }

    private void remove(DocumentFiles.Found found) {
        try {
            files.remove(found);
            log.info("Removed a file without a document");
        } catch (IOException e) {
            log.warn("A file without a document stays: {}", e.getClass().getName());
        }
    }
}
