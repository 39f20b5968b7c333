/** The people who run the company: their accounts, roles, sessions and second factors. */
@NullMarked
package io.ferrypay.tradeadmin.staff;

import org.jspecify.annotations.NullMarked;
