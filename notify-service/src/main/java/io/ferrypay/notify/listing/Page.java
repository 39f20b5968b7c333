package io.ferrypay.notify.listing;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list, newest first. */
public record Page<V>(String object, List<V> data, boolean hasMore, @Nullable String nextCursor) {

    /**
     * @param found one more than the page holds, if there are more
     */
    public static <T, V> Page<V> of(
            List<T> found, int limit, Function<T, V> view, Function<T, String> cursor) {
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                "list",
                page.stream().map(view).toList(),
                more,
                more ? cursor.apply(page.getLast()) : null);
    }
}
