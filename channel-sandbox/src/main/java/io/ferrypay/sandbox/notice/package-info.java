/**
 * The loop that every company's notifications share: told by a table of waits until the merchant's
 * server says yes. What is said, how it is posted and what counts as a yes is each company's own.
 */
@NullMarked
package io.ferrypay.sandbox.notice;

import org.jspecify.annotations.NullMarked;
