package io.ferrypay.notify.listing;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list, newest first. */
public record Page(String object, List<?> data, boolean hasMore, @Nullable String nextCursor) {

    /**
     * @param found one more than the page holds, if there are more
     */
    public static <T> Page of(
            List<T> found, int limit, Function<T, ?> view, Function<T, String> cursor) {
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                "list",
                page.stream().map(view).toList(),
                more,
                more ? cursor.apply(page.getLast()) : null);
    }
}
