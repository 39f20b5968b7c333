/** XML that somebody outside wrote. */
@NullMarked
package io.ferrypay.xml;

import org.jspecify.annotations.NullMarked;
