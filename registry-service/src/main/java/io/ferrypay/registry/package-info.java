/** Where every service says it lives, and where it stops being listed soon after it dies. */
@NullMarked
package io.ferrypay.registry;

import org.jspecify.annotations.NullMarked;
