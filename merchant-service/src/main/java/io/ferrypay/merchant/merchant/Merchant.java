package io.ferrypay.merchant.merchant;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * A merchant. Whoever changes it tells the others by an event in the same transaction; see {@link
 * KeepMerchants}.
 */
@Entity
public class Merchant implements Persistable<String> {

    @Id private String id;

    private String name;
    private String displayName;
    private String country;
    private String currency;

    @Convert(converter = StatusColumns.OfMerchant.class)
    private MerchantStatus status;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> allowedMethods;

    @Convert(converter = StatusColumns.OfLatePolicy.class)
    private LatePaymentPolicy latePaymentPolicy;

    @Convert(converter = RegistrationsColumn.class)
    private Registrations registrations;

    private Instant createdAt;
    private Instant updatedAt;

    @Version private @Nullable Long version;

    @SuppressWarnings("NullAway") // Filled by Hibernate.
    protected Merchant() {}

    Merchant(String id, MerchantDetails details, MerchantStatus status, Instant now) {
        this.id = id;
        this.name = details.name();
        this.displayName = details.displayName();
        this.country = details.country();
        this.currency = details.currency();
        this.allowedMethods = details.allowedMethods();
        this.latePaymentPolicy = details.latePaymentPolicy();
        this.registrations = details.registrations();
        this.status = status;
        this.createdAt = now;
        this.updatedAt = now;
    }

    /** The currency stays what it was: payments have been made in it. */
    void change(MerchantDetails details, Instant now) {
        this.name = details.name();
        this.displayName = details.displayName();
        this.country = details.country();
        this.allowedMethods = details.allowedMethods();
        this.latePaymentPolicy = details.latePaymentPolicy();
        this.registrations = details.registrations();
        this.updatedAt = now;
    }

    void approve(MerchantDetails details, Instant now) {
        change(details, now);
        this.status = MerchantStatus.ACTIVE;
    }

    void suspend(Instant now) {
        this.status = MerchantStatus.SUSPENDED;
        this.updatedAt = now;
    }

    void reactivate(Instant now) {
        this.status = MerchantStatus.ACTIVE;
        this.updatedAt = now;
    }

    public String id() {
        return id;
    }

    public MerchantStatus status() {
        return status;
    }

    public MerchantDetails details() {
        return new MerchantDetails(
                name,
                displayName,
                country,
                currency,
                allowedMethods,
                latePaymentPolicy,
                registrations);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** Grows with each change, from 1. */
    public long revision() {
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
}
