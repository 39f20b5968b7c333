/** Notes about merchants over HTTP. */
@NullMarked
package io.ferrypay.tradeadmin.note.web;

import org.jspecify.annotations.NullMarked;
