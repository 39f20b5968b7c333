/** Whether what channels say of a day fits what we hold. */
@NullMarked
package io.ferrypay.reconcile;

import org.jspecify.annotations.NullMarked;
