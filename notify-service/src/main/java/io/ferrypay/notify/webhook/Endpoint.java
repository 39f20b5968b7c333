package io.ferrypay.notify.webhook;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** Where a merchant wants to be told, and of what. */
@Entity
@Table(name = "webhook_endpoint")
public class Endpoint implements Persistable<String> {

    static final String ENABLED = "enabled";
    static final String DISABLED = "disabled";

    @Id private String id;

    private String merchantId;
    private boolean livemode;
    private String url;
    private String description;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> eventTypes;

    private String status;
    private @Nullable String disabledReason;
    private String sealedSecret;
    private @Nullable Instant oldSecretEndsAt;
    private @Nullable Instant failingSince;
    private Instant createdAt;

    @Version private @Nullable Long version;

    @SuppressWarnings("NullAway") // Filled by Hibernate.
    protected Endpoint() {}

    Endpoint(
            String id,
            String merchantId,
            boolean livemode,
            String url,
            String description,
            List<String> eventTypes,
            String sealedSecret,
            Instant now) {
        this.id = id;
        this.merchantId = merchantId;
        this.livemode = livemode;
        this.url = url;
        this.description = description;
        this.eventTypes = List.copyOf(eventTypes);
        this.status = ENABLED;
        this.sealedSecret = sealedSecret;
        this.createdAt = now;
    }

    void change(String newUrl, String newDescription, List<String> newEventTypes) {
        this.url = newUrl;
        this.description = newDescription;
        this.eventTypes = List.copyOf(newEventTypes);
    }

    void rotateSecret(String freshSealed, Instant oldEndsAt) {
        this.sealedSecret = freshSealed;
        this.oldSecretEndsAt = oldEndsAt;
    }

    void enable() {
        this.status = ENABLED;
        this.disabledReason = null;
        this.failingSince = null;
    }

    void disable(String reason) {
        this.status = DISABLED;
        this.disabledReason = reason;
    }

    public String id() {
        return id;
    }

    public String merchantId() {
        return merchantId;
    }

    public boolean livemode() {
        return livemode;
    }

    public String url() {
        return url;
    }

    public String description() {
        return description;
    }

    public List<String> eventTypes() {
        return eventTypes;
    }

    public String status() {
        return status;
    }

    /**
     * {@code gone} after a 410, {@code failing} after days of nothing but failures, {@code
     * deleted}, {@code by_merchant}.
     */
    public @Nullable String disabledReason() {
        return disabledReason;
    }

    public @Nullable Instant failingSince() {
        return failingSince;
    }

    /** When the one before the secret of now ends, and with it all older ones. */
    public @Nullable Instant oldSecretEndsAt() {
        return oldSecretEndsAt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    String sealedSecret() {
        return sealedSecret;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return version == null;
    }
}
