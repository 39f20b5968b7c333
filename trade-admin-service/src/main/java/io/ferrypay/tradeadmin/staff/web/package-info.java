/** What the console asks about people, and the gateway about sessions. */
@NullMarked
package io.ferrypay.tradeadmin.staff.web;

import org.jspecify.annotations.NullMarked;
