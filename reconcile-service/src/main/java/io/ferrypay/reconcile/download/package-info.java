/** Fetches statements when they are due, and sees each day through to its end. */
@NullMarked
package io.ferrypay.reconcile.download;

import org.jspecify.annotations.NullMarked;
