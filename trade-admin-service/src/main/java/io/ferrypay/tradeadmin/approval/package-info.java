/** What one person asks for and another approves, whatever it is about. */
@NullMarked
package io.ferrypay.tradeadmin.approval;

import org.jspecify.annotations.NullMarked;
