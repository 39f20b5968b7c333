/** What the books say of a time, added up for people who keep the company's accounts. */
@NullMarked
package io.ferrypay.tradeadmin.report;

import org.jspecify.annotations.NullMarked;
