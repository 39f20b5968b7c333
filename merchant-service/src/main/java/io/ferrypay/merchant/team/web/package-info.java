/** People and invitations over HTTP. */
@NullMarked
package io.ferrypay.merchant.team.web;

import org.jspecify.annotations.NullMarked;
