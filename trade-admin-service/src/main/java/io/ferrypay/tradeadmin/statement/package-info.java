/** What a merchant was owed over a time, as files for people and for their programs. */
@NullMarked
package io.ferrypay.tradeadmin.statement;

import org.jspecify.annotations.NullMarked;
