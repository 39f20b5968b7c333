package io.ferrypay.paymentchannel.channel.alipay;

/** How an account's messages are signed, as Alipay spells it. */
enum SignType {
    MD5(""),
    RSA("SHA1withRSA"),
    RSA2("SHA256withRSA");

    private final String algorithm;

    SignType(String algorithm) {
        this.algorithm = algorithm;
    }

    /** As the JDK calls it; empty for the keyed digest. */
    String algorithm() {
        return algorithm;
    }
}
