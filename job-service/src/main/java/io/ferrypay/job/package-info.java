/** What happens on the clock: work other services do when this one says it is time. */
@NullMarked
package io.ferrypay.job;

import org.jspecify.annotations.NullMarked;
