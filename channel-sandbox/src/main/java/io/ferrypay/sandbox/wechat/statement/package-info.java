/** The day's file of payments and refunds, truthful unless told otherwise. */
@NullMarked
package io.ferrypay.sandbox.wechat.statement;

import org.jspecify.annotations.NullMarked;
