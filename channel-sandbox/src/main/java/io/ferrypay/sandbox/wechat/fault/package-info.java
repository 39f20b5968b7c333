/** How the sandbox misbehaves on request. */
@NullMarked
package io.ferrypay.sandbox.wechat.fault;

import org.jspecify.annotations.NullMarked;
