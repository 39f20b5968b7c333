package io.ferrypay.tradeadmin.approval;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Every kind of request there is. */
@Component
class ApprovalKinds {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{1,39}");

    private final Map<String, ApprovalKind<?>> kinds = new TreeMap<>();

    ApprovalKinds(ObjectProvider<ApprovalKind<?>> registered) {
        for (var kind : registered) {
            if (!NAME.matcher(kind.name()).matches()) {
                throw new IllegalStateException(kind.name() + " is no name for a kind");
            }
            if (kinds.put(kind.name(), kind) != null) {
                throw new IllegalStateException("There are two kinds " + kind.name());
            }
        }
    }

    Optional<ApprovalKind<?>> find(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    /** A kind whose requests are stored, but that nobody registers any more, can't be decided. */
    ApprovalKind<?> of(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("No kind " + name));
    }

    Set<String> names() {
        return kinds.keySet();
    }
}
