/**
 * When which job runs, kept in the database so that any instance can run it and none runs it twice.
 */
@NullMarked
package io.ferrypay.job.schedule;

import org.jspecify.annotations.NullMarked;
