package io.ferrypay.sandbox.jdpay;

import java.nio.file.Path;

/** The files in the folder that both sides of the pretended JD Pay share. */
enum JdpayKeyFile {
    /** The merchant's private key, PKCS#8. */
    MERCHANT_KEY("merchant-key.pem"),
    MERCHANT_PUBLIC_KEY("merchant-public-key.pem"),
    /** The private key JD signs with, PKCS#8. */
    JD_KEY("jd-key.pem"),
    JD_PUBLIC_KEY("jd-public-key.pem"),
    /** Base64 of 24 bytes. */
    DES_KEY("des-key.txt"),
    /** Proves who asks for a bill. */
    MD5_KEY("md5-key.txt");

    private final String fileName;

    JdpayKeyFile(String fileName) {
        this.fileName = fileName;
    }

    Path in(Path directory) {
        return directory.resolve(fileName);
    }
}
