package io.ferrypay.merchant.onboarding;

import io.ferrypay.merchant.document.Document;
import io.ferrypay.problem.FieldProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that belongs to an onboarding, as it stood at one time.
 *
 * @param sections each with what was said, blank ones too
 * @param remarks open and resolved
 */
public record Dossier(
        Onboarding onboarding,
        Map<Item, Section> sections,
        List<Document> documents,
        List<Remark> remarks) {

    /** What was said in this section. */
    public Section section(Item item) {
        var section = sections.get(item);
        if (section == null) {
            throw new IllegalArgumentException(item + " is no section");
        }
        return section;
    }

    <T extends SectionData> T said(Class<T> section) {
        return sections.values().stream()
                .map(Section::data)
                .filter(section::isInstance)
                .map(section::cast)
                .findFirst()
                .orElseThrow();
    }

    /** In the order in which they are filled in. */
    public List<ItemState> items() {
        return Arrays.stream(Item.values()).map(this::state).toList();
    }

    private ItemState state(Item item) {
        var reason = openRemark(item).map(Remark::reason).orElse(null);
        var missing = missing(item);
        return new ItemState(item, progress(item), reason, count(item), missing);
    }

    private ItemState.Progress progress(Item item) {
        var isLeftOut = !item.isSection() && count(item) == 0 && !isNeeded(item);
        return switch (onboarding.status()) {
            case DRAFT, NEEDS_CHANGES -> {
                if (openRemark(item).isPresent()) {
                    yield ItemState.Progress.FIX;
                }
                if (isLeftOut) {
                    yield ItemState.Progress.OPTIONAL;
                }
                yield missing(item).isEmpty()
                        ? ItemState.Progress.READY
                        : ItemState.Progress.NEEDED;
            }
            case SUBMITTED, IN_REVIEW ->
                    isLeftOut ? ItemState.Progress.OPTIONAL : ItemState.Progress.IN_REVIEW;
            case APPROVED -> isLeftOut ? ItemState.Progress.OPTIONAL : ItemState.Progress.ACCEPTED;
            case REJECTED -> ItemState.Progress.CLOSED;
        };
    }

    /** What is in the way of submitting it. */
    List<FieldProblem> inTheWay() {
        var all = new ArrayList<FieldProblem>();
        for (var item : Item.values()) {
            all.addAll(missing(item));
            if (openRemark(item).isPresent()) {
                all.add(
                        new FieldProblem(
                                "/" + item.text(), "not_changed", "was to be changed and was not"));
            }
        }
        return List.copyOf(all);
    }

    private List<FieldProblem> missing(Item item) {
        if (item.isSection()) {
            return section(item).data().missing();
        }
        return isNeeded(item) && count(item) == 0
                ? List.of(Missing.of(item, "", "has not been uploaded"))
                : List.of();
    }

    private boolean isNeeded(Item kind) {
        return switch (kind) {
            case IDENTITY, PROOF_OF_ADDRESS, BANK_STATEMENT -> true;
            case SHOP_PHOTO -> said(SitesData.class).hasShops();
            case COMPANY_EXTRACT, OTHER -> false;
            case BUSINESS, PEOPLE, BANK_ACCOUNT, METHODS, SITES -> true;
        };
    }

    private Optional<Remark> openRemark(Item item) {
        return remarks.stream()
                .filter(remark -> remark.item() == item && remark.resolvedAt() == null)
                .findFirst();
    }

    private int count(Item item) {
        return (int)
                documents.stream().filter(document -> document.kind().equals(item.text())).count();
    }

    @Override
    public String toString() {
        return "Dossier[" + onboarding + "]";
    }
}
