/** The only public door of the platform. */
@NullMarked
package io.ferrypay.gateway;

import org.jspecify.annotations.NullMarked;
