/**
 * WeChat Pay's cross-border servers as a client sees them: keys, configuration and how the parts
 * fit together.
 */
@NullMarked
package io.ferrypay.sandbox.wechat;

import org.jspecify.annotations.NullMarked;
