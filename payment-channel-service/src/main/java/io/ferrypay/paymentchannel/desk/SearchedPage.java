package io.ferrypay.paymentchannel.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what was searched for, the newest first.
 *
 * @param cursor where to go on; null at the end. A page may be empty and the search not at its end,
 *     because only so many rows are looked at for one answer.
 */
public record SearchedPage<T>(List<T> found, @Nullable String cursor) {}
