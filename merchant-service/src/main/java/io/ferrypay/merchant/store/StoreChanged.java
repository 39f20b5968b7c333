package io.ferrypay.merchant.store;

/**
 * A store is another than before, or closed. Heard in the same transaction: what belongs to the
 * store changes with it or not at all.
 */
public record StoreChanged(Store store) {}
