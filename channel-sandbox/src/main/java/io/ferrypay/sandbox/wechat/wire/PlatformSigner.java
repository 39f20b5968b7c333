package io.ferrypay.sandbox.wechat.wire;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.RsaSignatures;
import io.ferrypay.sandbox.wechat.WechatKeys;
import io.ferrypay.sandbox.wechat.WechatProperties;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Signs what WeChat says: timestamp, nonce and body, each ended by a line feed. */
@Component
public class PlatformSigner {

    private final WechatKeys keys;
    private final SandboxClock clock;
    private final Nonces nonces;
    private final String serial;

    PlatformSigner(
            WechatKeys keys, WechatProperties properties, SandboxClock clock, Nonces nonces) {
        this.keys = keys;
        this.clock = clock;
        this.nonces = nonces;
        var publicKeyId = properties.publicKeyId();
        this.serial =
                publicKeyId == null || publicKeyId.isBlank() ? keys.platformSerial() : publicKeyId;
    }

    /** Signs with the present time. */
    public SignatureHeaders sign(byte[] body) {
        return sign(body, clock.wireTime());
    }

    /** Signs as if it were another time. */
    public SignatureHeaders sign(byte[] body, Instant at) {
        var timestamp = Long.toString(at.getEpochSecond());
        var nonce = nonces.next(32);
        var message = new ByteArrayOutputStream(body.length + 64);
        message.writeBytes((timestamp + "\n" + nonce + "\n").getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(body);
        message.write('\n');
        var signature = RsaSignatures.sign(keys.platformKey(), message.toByteArray());
        return new SignatureHeaders(
                timestamp, nonce, Base64.getEncoder().encodeToString(signature), serial);
    }

    /** Headers that look right over a signature nobody made; costs no signing. */
    public SignatureHeaders forge() {
        var bytes = nonces.next(256).getBytes(StandardCharsets.US_ASCII);
        return new SignatureHeaders(
                Long.toString(clock.wireTime().getEpochSecond()),
                nonces.next(32),
                Base64.getEncoder().encodeToString(bytes),
                serial);
    }
}
