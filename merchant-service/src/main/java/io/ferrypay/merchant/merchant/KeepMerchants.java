package io.ferrypay.merchant.merchant;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes merchants on, changes them, suspends them; each change and its event are one transaction.
 */
@Service
public class KeepMerchants {

    private final Merchants merchants;
    private final MerchantEvents events;
    private final Clock clock;

    KeepMerchants(Merchants merchants, MerchantEvents events, Clock clock) {
        this.merchants = merchants;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public Merchant takeOn(MerchantDetails details) {
        return takeOn("mer_" + UlidCreator.getUlid(), details);
    }

    /** Refuses with 409 {@code merchant_exists} when the id is taken. */
    @Transactional
    public Merchant takeOn(String id, MerchantDetails details) {
        if (merchants.existsById(id)) {
            throw ApiException.of(MerchantProblems.MERCHANT_EXISTS);
        }
        return takeOn(id, details, MerchantStatus.ACTIVE);
    }

    /** One that just signed up: test mode works at once, at the sandbox; live mode not yet. */
    @Transactional
    public Merchant draft(String businessName) {
        var details =
                new MerchantDetails(
                        businessName,
                        businessName,
                        "NZ",
                        "NZD",
                        Registrations.SANDBOX.keySet().stream().sorted().toList(),
                        LatePaymentPolicy.ACCEPT,
                        new Registrations(Map.of(), Registrations.SANDBOX));
        return takeOn("mer_" + UlidCreator.getUlid(), details, MerchantStatus.DRAFT);
    }

    private Merchant takeOn(String id, MerchantDetails details, MerchantStatus status) {
        var merchant = merchants.saveAndFlush(new Merchant(id, details, status, clock.instant()));
        events.tell("merchant.created", merchant, 1);
        return merchant;
    }

    @Transactional(readOnly = true)
    public Optional<Merchant> find(String id) {
        return merchants.findById(id);
    }

    @Transactional
    public Merchant change(String id, MerchantDetails details) {
        var merchant = existing(id);
        if (!merchant.details().currency().equals(details.currency())) {
            throw ApiException.of(MerchantProblems.CURRENCY_IS_FIXED);
        }
        merchant.change(details, clock.instant());
        events.tell("merchant.updated", merchant, merchant.revision() + 1);
        return merchant;
    }

    /**
     * Opens live mode to a draft, under the names that were looked at. How the channels know it is
     * told later, by {@link #change}. Refuses with 409 {@code merchant_not_draft}.
     */
    @Transactional
    public Merchant approve(
            String id,
            String name,
            String displayName,
            String country,
            List<String> allowedMethods) {
        var merchant = existing(id);
        if (merchant.status() != MerchantStatus.DRAFT) {
            throw ApiException.of(MerchantProblems.MERCHANT_NOT_DRAFT);
        }
        var before = merchant.details();
        merchant.approve(
                new MerchantDetails(
                        name,
                        displayName,
                        country,
                        before.currency(),
                        allowedMethods,
                        before.latePaymentPolicy(),
                        before.registrations()),
                clock.instant());
        events.tell("merchant.updated", merchant, merchant.revision() + 1);
        return merchant;
    }

    /** Nothing happens to a merchant that is suspended already. */
    @Transactional
    public Merchant suspend(String id) {
        var merchant = existing(id);
        if (merchant.status() == MerchantStatus.ACTIVE) {
            merchant.suspend(clock.instant());
            events.tell("merchant.suspended", merchant, merchant.revision() + 1);
        }
        return merchant;
    }

    /** The way back from a suspension. */
    @Transactional
    public Merchant reactivate(String id) {
        var merchant = existing(id);
        if (merchant.status() == MerchantStatus.SUSPENDED) {
            merchant.reactivate(clock.instant());
            events.tell("merchant.updated", merchant, merchant.revision() + 1);
        }
        return merchant;
    }

    private Merchant existing(String id) {
        return merchants.findById(id).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }
}
