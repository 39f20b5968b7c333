package io.ferrypay.merchant.staticcode;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * A printed code. Its link is short and leads to a page where a shopper pays; whoever changes it
 * tells the others by an event in the same transaction, see {@link KeepStaticCodes}.
 */
@Entity
public class StaticCode implements Persistable<String> {

    @Id private String id;
    private String merchantId;
    private String mode;
    private String storeId;
    private String label;
    private String serialStem;
    private int generation;
    private String link;
    private String currency;
    private @Nullable Long amountMinor;
    private @Nullable Long minAmountMinor;
    private @Nullable Long maxAmountMinor;
    private @Nullable Long dailyLimitMinor;
    private String status;
    private Instant createdAt;
    private Instant updatedAt;

    @Version private @Nullable Long version;

    @SuppressWarnings("NullAway") // Filled by Hibernate.
    protected StaticCode() {}

    StaticCode(
            String id,
            String merchantId,
            Mode mode,
            NewStaticCode wanted,
            String serialStem,
            String link,
            Instant now) {
        this.id = id;
        this.merchantId = merchantId;
        this.mode = mode.text();
        this.storeId = wanted.storeId();
        this.label = wanted.label();
        this.serialStem = serialStem;
        this.generation = 1;
        this.link = link;
        this.currency = wanted.currency();
        this.amountMinor = minor(wanted.amounts().fixed());
        this.status = Status.ACTIVE.text();
        this.createdAt = now;
        this.updatedAt = now;
        limit(wanted.amounts(), now);
    }

    /** Whether it can be paid by. */
    public enum Status {
        ACTIVE,
        /** For good: what was printed leads to a page that says so. */
        DISABLED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void limit(CodeAmounts amounts, Instant now) {
        this.minAmountMinor = minor(amounts.least());
        this.maxAmountMinor = minor(amounts.most());
        this.dailyLimitMinor = minor(amounts.perDay());
        this.updatedAt = now;
    }

    /** What was printed before leads nowhere from now on. */
    void rotate(String nextLink, Instant now) {
        this.link = nextLink;
        this.generation = generation + 1;
        this.updatedAt = now;
    }

    /** Something that is told with it changed. */
    void touch(Instant now) {
        this.updatedAt = now;
    }

    void disable(Instant now) {
        this.status = Status.DISABLED.text();
        this.updatedAt = now;
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

    public String storeId() {
        return storeId;
    }

    public String label() {
        return label;
    }

    /** As printed: it changes with each rotation, so that staff can tell an old poster. */
    public String serial() {
        return "S-%s-%02d".formatted(serialStem, generation);
    }

    /** How often it has been printed anew, from 1. */
    public int generation() {
        return generation;
    }

    /** The secret part of the address that is printed now. */
    public String link() {
        return link;
    }

    /** ISO 4217. */
    public String currency() {
        return currency;
    }

    public CodeAmounts amounts() {
        return new CodeAmounts(
                money(amountMinor),
                money(minAmountMinor),
                money(maxAmountMinor),
                money(dailyLimitMinor));
    }

    public Status status() {
        return Status.valueOf(status.toUpperCase(Locale.ROOT));
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    /** Grows with each change, from 1. */
    long revision() {
        return version == null ? 1 : version + 1;
    }

    private @Nullable Money money(@Nullable Long minor) {
        return minor == null ? null : Money.ofMinor(minor, Currency.of(currency));
    }

    private static @Nullable Long minor(@Nullable Money money) {
        return money == null ? null : money.minorUnits();
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
