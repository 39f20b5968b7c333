/**
 * Files that people hand in: checked by content, scanned, and kept encrypted outside the database.
 */
@NullMarked
package io.ferrypay.merchant.document;

import org.jspecify.annotations.NullMarked;
