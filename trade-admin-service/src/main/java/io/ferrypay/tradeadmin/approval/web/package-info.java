/** How staff see and decide approvals. */
@NullMarked
package io.ferrypay.tradeadmin.approval.web;

import org.jspecify.annotations.NullMarked;
