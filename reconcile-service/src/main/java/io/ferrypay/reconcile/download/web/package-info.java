/** What job-service orders, and what staff look at and do by hand. */
@NullMarked
package io.ferrypay.reconcile.download.web;

import org.jspecify.annotations.NullMarked;
