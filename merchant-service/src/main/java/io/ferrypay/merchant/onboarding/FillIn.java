package io.ferrypay.merchant.onboarding;

import io.ferrypay.merchant.document.Document;
import io.ferrypay.merchant.document.KeepDocuments;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.merchant.merchant.MerchantStatus;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What a merchant's people do with its onboarding before they submit it. */
@Service
public class FillIn {

    private static final int MOST_DOCUMENTS = 30;

    /** Where a day begins first. */
    private static final ZoneOffset FIRST_ZONE = ZoneOffset.ofHours(14);

    private final Onboardings onboardings;
    private final Sections sections;
    private final Remarks remarks;
    private final Dossiers dossiers;
    private final KeepDocuments documents;
    private final KeepMerchants merchants;
    private final TransactionTemplate transactions;

    FillIn(
            Onboardings onboardings,
            Sections sections,
            Remarks remarks,
            Dossiers dossiers,
            KeepDocuments documents,
            KeepMerchants merchants,
            TransactionTemplate transactions) {
        this.onboardings = onboardings;
        this.sections = sections;
        this.remarks = remarks;
        this.dossiers = dossiers;
        this.documents = documents;
        this.merchants = merchants;
        this.transactions = transactions;
    }

    /** Refuses with 404 {@code no_onboarding} for a merchant that never was a draft. */
    public Dossier dossier(String merchantId) {
        return dossiers.of(
                onboardings
                        .ofMerchant(merchantId)
                        .orElseGet(() -> {
                            refuseUnlessDraft(merchantId);
                            return onboardings.blank(merchantId);
                        }));
    }

    /**
     * A section after it was saved.
     *
     * @param onboardingVersion of the whole, after that
     */
    public record Saved(Section section, long onboardingVersion) {}

    /**
     * Saves a section whole.
     *
     * @param version the section's as the caller knows it, 0 for none; 409 {@code section_changed}
     *     when it is another one by now
     */
    public Saved save(String merchantId, SectionData data, long version) {
        data.check(onboardings.now().atOffset(FIRST_ZONE).toLocalDate());
        refuseUnlessOpen(merchantId);
        return transactions.execute(_ -> saveUnderLock(lock(merchantId), data, version));
    }

    private Saved saveUnderLock(String id, SectionData data, long version) {
        var item = Item.of(data);
        var known = sections.of(id).get(item);
        var current = known == null ? 0 : known.version();
        if (current != version) {
            throw ApiException.of(
                    OnboardingProblems.SECTION_CHANGED,
                    problem -> problem.with("current_version", current));
        }
        if (known != null && known.data().equals(data)) {
            return new Saved(known, onboardings.find(id).orElseThrow().version());
        }
        var now = onboardings.now();
        sections.put(id, data, version + 1, now);
        remarks.resolve(id, item, now);
        return new Saved(new Section(item, data, version + 1, now), onboardings.touch(id));
    }

    /** In the order they came. */
    public List<Document> documents(String merchantId) {
        return onboardings
                .ofMerchant(merchantId)
                .map(onboarding -> documents.list(onboarding.id()))
                .orElse(List.of());
    }

    /**
     * Keeps a file, once for the same content. Refuses what {@link KeepDocuments#keep} refuses, and
     * with 409 {@code onboarding_not_editable}; nothing is left of the file then.
     *
     * @param content reads the file; called when there is room for it
     */
    public KeepDocuments.Kept upload(
            String merchantId, String userId, Item kind, String name, Supplier<byte[]> content) {
        refuseUnlessOpen(merchantId);
        return documents.withRoom(() ->
                documents.keep(
                        new KeepDocuments.Offer(kind.text(), name, userId),
                        content.get(),
                        new KeepDocuments.Owner() {
                            @Override
                            public String lock() {
                                return FillIn.this.lock(merchantId);
                            }

                            @Override
                            public void added(Document document) {
                                changed(document.ownerId(), kind);
                            }

                            @Override
                            public int most() {
                                return MOST_DOCUMENTS;
                            }
                        }));
    }

    private void changed(String id, Item kind) {
        remarks.resolve(id, kind, onboardings.now());
        onboardings.touch(id);
    }

    /**
     * One at a time for a merchant; 429 {@code rate_limited} otherwise. Refuses with 404 what is
     * not this merchant's.
     */
    public void handOut(String merchantId, String documentId, KeepDocuments.Receiver receiver)
            throws IOException {
        documents.handOut(merchantId, existing(merchantId, documentId), receiver);
    }

    /** Refuses with 404 what is not this merchant's, and 409 {@code onboarding_not_editable}. */
    public void remove(String merchantId, String documentId) {
        var document = existing(merchantId, documentId);
        transactions.executeWithoutResult(_ -> {
            onboardings.lockEditable(document.ownerId());
            documents.remove(document);
            changed(document.ownerId(), Item.find(document.kind()).orElseThrow());
        });
        documents.forget(document);
    }

    private Document existing(String merchantId, String documentId) {
        return onboardings
                .ofMerchant(merchantId)
                .flatMap(onboarding -> documents.find(onboarding.id(), documentId))
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /** Before anything is read or stored. */
    private void refuseUnlessOpen(String merchantId) {
        onboardings
                .ofMerchant(merchantId)
                .ifPresentOrElse(
                        known -> Onboardings.refuseUnlessEditable(known.status()),
                        () -> refuseUnlessDraft(merchantId));
    }

    /** The merchant's onboarding, begun if need be, for whoever changes it in this transaction. */
    private String lock(String merchantId) {
        var id = onboardings.begin(merchantId).id();
        onboardings.lockEditable(id);
        return id;
    }

    private void refuseUnlessDraft(String merchantId) {
        if (merchants.find(merchantId).orElseThrow().status() != MerchantStatus.DRAFT) {
            throw ApiException.of(OnboardingProblems.NO_ONBOARDING);
        }
    }
}
