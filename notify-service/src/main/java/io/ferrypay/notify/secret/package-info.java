/** Secrets as they are kept in the database: sealed, or as a mark. */
@NullMarked
package io.ferrypay.notify.secret;

import org.jspecify.annotations.NullMarked;
