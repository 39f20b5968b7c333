package io.ferrypay.sandbox.wechat.wire;

/**
 * A file as an answer: not its bytes are signed but a JSON with their SHA-1.
 *
 * @param gzip whether it travels compressed; the SHA-1 is over the bytes before that
 * @param wrongSha1 whether the SHA-1 told and signed is another
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once, compared never.
public record SignedText(byte[] text, boolean gzip, boolean wrongSha1) {}
