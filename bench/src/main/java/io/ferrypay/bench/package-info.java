/**
 * Load generators that measure a running platform beside the limit of the same work in raw
 * PostgreSQL.
 */
@NullMarked
package io.ferrypay.bench;

import org.jspecify.annotations.NullMarked;
