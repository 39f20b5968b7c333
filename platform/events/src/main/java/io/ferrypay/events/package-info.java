/**
 * Facts travel from one service's database to another's: an outbox, a feed over it, and a follower.
 */
@NullMarked
package io.ferrypay.events;

import org.jspecify.annotations.NullMarked;
