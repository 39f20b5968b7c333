package io.ferrypay.reconcile.compare;

/**
 * What came of laying a day's lines beside its records, besides what did not fit.
 *
 * @param fit how many lines and records are alike
 * @param records of the day itself, without those at the edges of the copy
 * @param elsewhere how many of these the statement of another day told
 */
record Paired(long fit, long records, long elsewhere) {}
