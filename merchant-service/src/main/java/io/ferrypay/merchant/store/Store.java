package io.ferrypay.merchant.store;

import io.ferrypay.identity.Mode;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A place where a merchant sells; its codes belong to it. */
@Entity
public class Store implements Persistable<String> {

    @Id private String id;
    private String merchantId;
    private String mode;
    private String name;
    private String address;
    private String timeZone;
    private Instant createdAt;
    private @Nullable Instant closedAt;

    @Version private @Nullable Long version;

    @SuppressWarnings("NullAway") // Filled by Hibernate.
    protected Store() {}

    Store(String id, String merchantId, Mode mode, NewStore wanted, Instant now) {
        this.id = id;
        this.merchantId = merchantId;
        this.mode = mode.text();
        this.name = wanted.name();
        this.address = wanted.address();
        this.timeZone = wanted.timeZone().getId();
        this.createdAt = now;
    }

    public String id() {
        return id;
    }

    public String merchantId() {
        return merchantId;
    }

    public Mode mode() {
        return Mode.of(mode);
    }

    public String name() {
        return name;
    }

    public String address() {
        return address;
    }

    public ZoneId timeZone() {
        return ZoneId.of(timeZone);
    }

    /** Grows with each change, from 1. */
    long revision() {
        return version == null ? 1 : version + 1;
    }

    /** Whether it is another store after that. */
    boolean change(NewStore wanted) {
        if (name.equals(wanted.name())
                && address.equals(wanted.address())
                && timeZone.equals(wanted.timeZone().getId())) {
            return false;
        }
        this.name = wanted.name();
        this.address = wanted.address();
        this.timeZone = wanted.timeZone().getId();
        return true;
    }

    void close(Instant now) {
        this.closedAt = now;
    }

    /** For good: nobody pays there any more. */
    public boolean isClosed() {
        return closedAt != null;
    }

    public @Nullable Instant closedAt() {
        return closedAt;
    }

    public Instant createdAt() {
        return createdAt;
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
