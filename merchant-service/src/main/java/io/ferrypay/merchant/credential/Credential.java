package io.ferrypay.merchant.credential;

import io.ferrypay.identity.Mode;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** An API key without its secret, which is known to its owner only. */
@Entity
public class Credential implements Persistable<String> {

    @Id private String id;

    private String merchantId;

    @Convert(converter = ModeColumn.class)
    private Mode mode;

    @Convert(converter = KindColumn.class)
    private CredentialKind kind;

    private String name;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> scopes;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> ipAllowList;

    @SuppressWarnings("UnusedVariable") // Found by it, never asked for it.
    private byte[] secretHash;

    private String last4;
    private @Nullable String replaces;
    private Instant createdAt;
    private @Nullable Instant expiresAt;
    private @Nullable Instant revokedAt;

    @Version private @Nullable Long version;

    @SuppressWarnings("NullAway") // Filled by Hibernate.
    protected Credential() {}

    Credential(
            String id,
            String merchantId,
            NewCredential wanted,
            Secret secret,
            @Nullable String replaces,
            Instant now) {
        this.id = id;
        this.merchantId = merchantId;
        this.mode = wanted.mode();
        this.kind = wanted.kind();
        this.name = wanted.name();
        this.scopes = wanted.scopes();
        this.ipAllowList = wanted.ipAllowList();
        this.secretHash = secret.hash();
        this.last4 = secret.last4();
        this.replaces = replaces;
        this.createdAt = now;
    }

    /** A key that already ends earlier does not live longer by this. */
    void expire(Instant at) {
        if (expiresAt == null || at.isBefore(expiresAt)) {
            expiresAt = at;
        }
    }

    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    public boolean usableAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    public NewCredential wish() {
        return new NewCredential(mode, kind, name, scopes, ipAllowList);
    }

    public String id() {
        return id;
    }

    public String merchantId() {
        return merchantId;
    }

    public Mode mode() {
        return mode;
    }

    public CredentialKind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    /** A secret key may do everything, also what did not exist when it was made. */
    public List<String> scopes() {
        return kind == CredentialKind.SECRET ? Scope.ALL : scopes;
    }

    public List<String> ipAllowList() {
        return ipAllowList;
    }

    /** What may be shown of the secret: {@code sk_test_…a1B2}. */
    public String masked() {
        return kind.prefix() + "_" + mode.text() + "_…" + last4;
    }

    public @Nullable String replaces() {
        return replaces;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable Instant revokedAt() {
        return revokedAt;
    }

    long revision() {
        return version == null ? 1 : version + 1;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return version == null;
    }

    @Converter
    static final class ModeColumn implements AttributeConverter<Mode, String> {

        @Override
        public String convertToDatabaseColumn(Mode mode) {
            return mode.text();
        }

        @Override
        public Mode convertToEntityAttribute(String column) {
            return Mode.of(column);
        }
    }

    @Converter
    static final class KindColumn implements AttributeConverter<CredentialKind, String> {

        @Override
        public String convertToDatabaseColumn(CredentialKind kind) {
            return kind.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public CredentialKind convertToEntityAttribute(String column) {
            return CredentialKind.valueOf(column.toUpperCase(Locale.ROOT));
        }
    }
}
