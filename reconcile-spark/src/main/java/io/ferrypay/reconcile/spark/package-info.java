/**
 * Compares days that are more than one machine can compare; told by files, and answers in files.
 */
@NullMarked
package io.ferrypay.reconcile.spark;

import org.jspecify.annotations.NullMarked;
