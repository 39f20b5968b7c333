package io.ferrypay.sandbox.alipay;

import java.nio.file.Path;

/** The files in the folder that both sides of the pretended Alipay share. */
enum AlipayKeyFile {
    /** The partner's private key, PKCS#8. */
    MERCHANT_KEY("merchant-key.pem"),
    MERCHANT_PUBLIC_KEY("merchant-public-key.pem"),
    /** The private key Alipay signs with, PKCS#8. */
    ALIPAY_KEY("alipay-key.pem"),
    ALIPAY_PUBLIC_KEY("alipay-public-key.pem"),
    /** 32 characters that both sides know. */
    MD5_KEY("md5-key.txt");

    private final String fileName;

    AlipayKeyFile(String fileName) {
        this.fileName = fileName;
    }

    Path in(Path directory) {
        return directory.resolve(fileName);
    }
}
