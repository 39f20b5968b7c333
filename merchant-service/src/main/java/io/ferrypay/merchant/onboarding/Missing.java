package io.ferrypay.merchant.onboarding;

import io.ferrypay.problem.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is missing in one section. */
final class Missing {

    private final Item item;
    private final List<FieldProblem> found = new ArrayList<>();

    Missing(Item item) {
        this.item = item;
    }

    Missing unless(@Nullable Object value, String field) {
        return unless(value != null, field, "is missing");
    }

    Missing unless(boolean there, String field, String message) {
        if (!there) {
            found.add(of(item, field, message));
        }
        return this;
    }

    static FieldProblem of(Item item, String field, String message) {
        return new FieldProblem("/" + item.text() + field, "required", message);
    }

    List<FieldProblem> list() {
        return List.copyOf(found);
    }
}
