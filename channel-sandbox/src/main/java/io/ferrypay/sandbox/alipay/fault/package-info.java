/** What goes wrong, when somebody asks for it. */
@NullMarked
package io.ferrypay.sandbox.alipay.fault;

import org.jspecify.annotations.NullMarked;
