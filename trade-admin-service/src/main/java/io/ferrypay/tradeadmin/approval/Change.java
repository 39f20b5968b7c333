package io.ferrypay.tradeadmin.approval;

import org.jspecify.annotations.Nullable;

/**
 * One line of what a request would change, in words and figures for people. Never a secret.
 *
 * @param field what changes, as a stable name such as {@code roles}
 * @param before what it is when asked; null where there is nothing yet
 * @param after what it would be; null where nothing is left
 */
public record Change(String field, @Nullable String before, @Nullable String after) {}
