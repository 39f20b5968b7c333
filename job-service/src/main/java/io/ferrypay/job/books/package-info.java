/** What trade-admin-service has to do on the clock: settle, and send money to banks. */
@NullMarked
package io.ferrypay.job.books;

import org.jspecify.annotations.NullMarked;
