/** A real PostgreSQL on this machine, and one schema and role for each service. */
@NullMarked
package io.ferrypay.postgres;

import org.jspecify.annotations.NullMarked;
