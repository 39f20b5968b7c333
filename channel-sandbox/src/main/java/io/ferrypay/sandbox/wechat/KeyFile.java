package io.ferrypay.sandbox.wechat;

import java.nio.file.Path;

/** The files in the folder that both sides of the pretended WeChat Pay share. */
enum KeyFile {
    /** The institution's private key, PKCS#8. */
    MERCHANT_KEY("merchant-key.pem"),
    MERCHANT_CERTIFICATE("merchant-cert.pem"),
    /** The certificate's serial number, upper-case hex, as API v3 quotes it. */
    MERCHANT_SERIAL("merchant-serial.txt"),
    /** 32 ASCII characters: the AES key for notifications and certificates. */
    API_V3_KEY("api-v3-key.txt"),
    /** The institution's key for the older interfaces. */
    V2_KEY("v2-key.txt"),
    /** The secret of the institution's official account. */
    APP_SECRET("app-secret.txt"),
    /** By which the official account's events are signed. */
    MESSAGE_TOKEN("message-token.txt"),
    /** The private key WeChat signs with, PKCS#8. */
    PLATFORM_KEY("platform-key.pem"),
    PLATFORM_CERTIFICATE("platform-cert.pem");

    private final String fileName;

    KeyFile(String fileName) {
        this.fileName = fileName;
    }

    Path in(Path directory) {
        return directory.resolve(fileName);
    }
}
