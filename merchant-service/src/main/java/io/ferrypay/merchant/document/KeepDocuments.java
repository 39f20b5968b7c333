package io.ferrypay.merchant.document;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.signin.Vault;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes documents in, finds them and takes them out. The file is on disk before its row is: a crash
 * between leaves a file that {@link SweepDocuments} removes, never a row without a file.
 */
@Service
public class KeepDocuments {

    private static final Logger log = LoggerFactory.getLogger(KeepDocuments.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration NEXT_DOWNLOAD = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final Vault vault;
    private final DocumentFiles files;
    private final VirusScanner scanner;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Semaphore places;
    private final Semaphore placesToRead;
    private final Set<String> reading = ConcurrentHashMap.newKeySet();
    private final ReentrantLock opening = new ReentrantLock();

    KeepDocuments(
            JdbcClient jdbc,
            Vault vault,
            DocumentFiles files,
            VirusScanner scanner,
            DocumentProperties properties,
            TransactionTemplate transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.files = files;
        this.scanner = scanner;
        this.transactions = transactions;
        this.clock = clock;
        this.places = new Semaphore(properties.atOnce(), true);
        this.placesToRead = new Semaphore(properties.readAtOnce(), true);
    }

    /** What somebody hands in, and for what. */
    public record Offer(String kind, String name, String uploadedBy) {

        @Override
        public String toString() {
            return "Offer[" + kind + "]";
        }
    }

    /** What the owner of documents has to say, in the transaction that keeps one. */
    public interface Owner {

        /**
         * Locks the owner, and refuses when it takes no documents now.
         *
         * @return its id
         */
        String lock();

        /** This one has been added. */
        void added(Document document);

        /** How many it may have. */
        int most();
    }

    /**
     * @param isNew false when the owner had this very file already
     */
    public record Kept(Document document, boolean isNew) {}

    /** Where a document is handed out to. */
    @FunctionalInterface
    public interface Receiver {

        /** Returns when all of it is on its way, and keeps nothing of it. */
        void receive(Document document, byte[] content) throws IOException;
    }

    /**
     * Runs what needs an uploaded document in memory when there is room for it; refuses with 429
     * {@code rate_limited} when there is none for ten seconds.
     */
    public <T> T withRoom(Supplier<T> work) {
        enter(places);
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /**
     * Hands out what is in a document. There is room for a few at the same time, apart from that
     * for uploads, until the receiver has all of it; refuses with 429 {@code rate_limited} when
     * there is none for ten seconds, and at once while this reader still receives another.
     *
     * @param reader whoever it is for, as long as one at a time is enough
     */
    public void handOut(String reader, Document document, Receiver receiver) throws IOException {
        if (!reading.add(reader)) {
            throw ApiException.of(CommonProblems.RATE_LIMITED, "Another download is under way.")
                    .retryAfter(NEXT_DOWNLOAD);
        }
        try {
            enter(placesToRead);
            try {
                receiver.receive(document, content(document));
            } finally {
                placesToRead.release();
            }
        } finally {
            reading.remove(reader);
        }
    }

    private static void enter(Semaphore places) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ApiException.of(CommonProblems.RATE_LIMITED, "Too many files are under way.")
                        .retryAfter(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while waiting for room", e);
        }
    }

    /**
     * Keeps a document, once for the same content. Refuses with one of {@code document_empty},
     * {@code document_type_not_allowed}, {@code document_damaged}, {@code document_is_two_files},
     * {@code document_too_many_pixels}, {@code document_infected}, {@code virus_scan_unavailable},
     * {@code document_exists}, {@code too_many_documents}, or with what the owner says; nothing is
     * left of the file then.
     */
    public Kept keep(Offer offer, byte[] content, Owner owner) {
        var type = ContentCheck.typeOf(content);
        var scan = scanned(content);
        var sha256 = sha256(content);
        var id = "doc_" + UlidCreator.getUlid();
        files.write(id, sha256, vault.sealBytes(purpose(id, sha256), content));
        Kept kept;
        try {
            kept =
                    transactions.execute(_ ->
                            insert(
                                    new Document(
                                            id,
                                            owner.lock(),
                                            offer.kind(),
                                            CleanName.of(offer.name(), type),
                                            type,
                                            content.length,
                                            sha256,
                                            scan,
                                            offer.uploadedBy(),
                                            clock.instant().truncatedTo(ChronoUnit.MICROS)),
                                    owner));
        } catch (ApiException refusal) {
            files.remove(id, sha256);
            throw refusal; // Any other failure may hide a commit; the sweep looks at it later.
        }
        if (!kept.isNew()) {
            files.remove(id, sha256);
        }
        return kept;
    }

    private String scanned(byte[] content) {
        return switch (scanner.scan(content)) {
            case VirusScanner.Verdict.Clean _ -> "clean";
            case VirusScanner.Verdict.NotScanned _ -> "none_configured";
            case VirusScanner.Verdict.Infected infected -> {
                log.warn("Refused a document with {}", infected.what());
                throw ApiException.of(DocumentProblems.INFECTED);
            }
            case VirusScanner.Verdict.Unknown unknown -> {
                log.error("The virus scanner gave no answer: {}", unknown.why());
                throw ApiException.of(DocumentProblems.SCAN_UNAVAILABLE)
                        .retryAfter(Duration.ofSeconds(30));
            }
        };
    }

    private Kept insert(Document document, Owner owner) {
        var known =
                list(document.ownerId()).stream()
                        .filter(other -> other.sha256().equals(document.sha256()))
                        .findAny();
        if (known.isPresent()) {
            if (!known.get().kind().equals(document.kind())) {
                throw ApiException.of(DocumentProblems.EXISTS);
            }
            return new Kept(known.get(), false);
        }
        if (count(document.ownerId()) >= owner.most()) {
            throw ApiException.of(
                    DocumentProblems.TOO_MANY, "There may be " + owner.most() + " files.");
        }
        jdbc.sql(
                        """
                        insert into document (id, owner_id, kind, sealed_name, media_type, size_bytes,
                            sha256, scan, uploaded_by, uploaded_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        document.id(),
                        document.ownerId(),
                        document.kind(),
                        vault.seal(namePurpose(document.id()), document.name()),
                        document.type().mediaType(),
                        document.size(),
                        document.sha256(),
                        document.scan(),
                        document.uploadedBy(),
                        document.uploadedAt().atOffset(ZoneOffset.UTC))
                .update();
        owner.added(document);
        return new Kept(document, true);
    }

    /** In the order they came. */
    public List<Document> list(String ownerId) {
        return jdbc.sql("select * from document where owner_id = ? order by id")
                .param(ownerId)
                .query((row, _) -> document(row))
                .list();
    }

    public Optional<Document> find(String ownerId, String id) {
        return jdbc.sql("select * from document where owner_id = ? and id = ?")
                .params(ownerId, id)
                .query((row, _) -> document(row))
                .optional();
    }

    /** One after the other, because each is in memory twice until it is open. */
    private byte[] content(Document document) {
        opening.lock();
        try {
            return vault.openBytes(
                    purpose(document.id(), document.sha256()),
                    files.read(document.id(), document.sha256()));
        } finally {
            opening.unlock();
        }
    }

    /** Takes it out, in the caller's transaction; {@link #forget} the file after that. */
    public void remove(Document document) {
        jdbc.sql("delete from document where id = ?").param(document.id()).update();
    }

    /** Removes the file of a document whose row is gone for good. */
    public void forget(Document document) {
        files.remove(document.id(), document.sha256());
    }

    private int count(String ownerId) {
        return jdbc.sql("select count(*) from document where owner_id = ?")
                .param(ownerId)
                .query(Integer.class)
                .single();
    }

    private Document document(ResultSet row) throws SQLException {
        var id = row.getString("id");
        return new Document(
                id,
                row.getString("owner_id"),
                row.getString("kind"),
                vault.open(namePurpose(id), row.getString("sealed_name")),
                DocumentType.ofMediaType(row.getString("media_type")),
                row.getInt("size_bytes"),
                row.getString("sha256"),
                row.getString("scan"),
                row.getString("uploaded_by"),
                row.getTimestamp("uploaded_at").toInstant());
    }

    private static String purpose(String id, String sha256) {
        return "document:" + id + ":" + sha256;
    }

    private static String namePurpose(String id) {
        return "document-name:" + id;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
