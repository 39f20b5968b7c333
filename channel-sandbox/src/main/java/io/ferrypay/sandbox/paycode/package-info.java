/**
 * The codes that pretended wallets show to be scanned by a shop: for a minute, and once.
 *
 * <p>Ours and not the companies': codes that never get old, for trying things out by hand. With the
 * wallet's first two digits, {@code 28} of Alipay or {@code 13} of WeChat: {@code
 * 280000000000000001} pays at once, {@code …0002} asks for a password, which is given after twenty
 * seconds, {@code …0003} is too old, and {@code …0004} is of another wallet.
 */
@NullMarked
package io.ferrypay.sandbox.paycode;

import org.jspecify.annotations.NullMarked;
