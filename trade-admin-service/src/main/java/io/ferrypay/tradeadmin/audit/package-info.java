/** What our staff did and looked at: who, what, when, from where and why; for good. */
@NullMarked
package io.ferrypay.tradeadmin.audit;

import org.jspecify.annotations.NullMarked;
