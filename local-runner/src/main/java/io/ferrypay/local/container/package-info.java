/**
 * What is done inside containers: before services start, while their images are built, and as a
 * shop beside them.
 */
@NullMarked
package io.ferrypay.local.container;

import org.jspecify.annotations.NullMarked;
