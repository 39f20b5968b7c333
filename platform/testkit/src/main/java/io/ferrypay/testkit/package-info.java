/** What tests share: a real PostgreSQL with the services' schemas and roles. */
@NullMarked
package io.ferrypay.testkit;

import org.jspecify.annotations.NullMarked;
