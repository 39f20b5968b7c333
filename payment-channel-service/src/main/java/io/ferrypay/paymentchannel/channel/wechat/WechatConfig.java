package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.AbstractRSAConfig;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.AeadCipher;
import com.wechat.pay.java.core.cipher.Signer;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.notification.NotificationConfig;
import org.jspecify.annotations.Nullable;

/**
 * Binds one account to the SDK. The SDK's own automatic configuration downloads certificates from
 * the mainland host only, so the keys come from {@link PlatformKeys}.
 */
final class WechatConfig extends AbstractRSAConfig implements NotificationConfig {

    static final String SIGNATURE_TYPE = "WECHATPAY2-SHA256-RSA2048";
    static final String CIPHER = "AEAD_AES_256_GCM";

    private final Signer signer;
    private final PlatformKeys keys;
    private final byte[] apiV3Key;

    WechatConfig(
            WechatProperties.Account account,
            WechatCredentials credentials,
            Signer signer,
            PlatformKeys keys,
            @Nullable PlatformCertificates certificates) {
        super(account.spMchid(), credentials.privateKey(), account.merchantSerial(), certificates);
        this.signer = signer;
        this.keys = keys;
        this.apiV3Key = credentials.apiV3Key();
    }

    @Override
    public Signer createSigner() {
        return signer;
    }

    @Override
    public Validator createValidator() {
        return new WechatPay2Validator(keys);
    }

    @Override
    public String getSignType() {
        return SIGNATURE_TYPE;
    }

    @Override
    public String getCipherType() {
        return CIPHER;
    }

    @Override
    public Verifier createVerifier() {
        return keys;
    }

    @Override
    public AeadCipher createAeadCipher() {
        return new AeadAesCipher(apiV3Key);
    }
}
