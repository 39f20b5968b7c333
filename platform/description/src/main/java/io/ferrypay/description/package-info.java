/** What the OpenAPI documents of the merchant API have in common. */
@NullMarked
package io.ferrypay.description;

import org.jspecify.annotations.NullMarked;
