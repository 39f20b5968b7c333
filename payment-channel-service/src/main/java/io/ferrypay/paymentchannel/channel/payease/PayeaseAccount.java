package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One account, ready for use: its settings, its key, Payease's key and its calls to Payease. */
record PayeaseAccount(
        PayeaseProperties.Account settings, Mac mac, Sign sign, PayeaseClient client) {

    static PayeaseAccount open(
            PayeaseProperties properties,
            PayeaseProperties.Account settings,
            ChannelHealth health) {
        var mac = new Mac(key(settings.keyFile()));
        var sign = sign(settings.publicKeyFile());
        var http = PayeaseClient.http(properties.connectTimeout(), properties.readTimeout());
        var guard = new CallGuard(settings.id(), properties.maxConcurrentCalls(), health);
        return new PayeaseAccount(
                settings, mac, sign, new PayeaseClient(settings, http, mac, sign, guard));
    }

    ChannelAccount asChannelAccount() {
        return new ChannelAccount(settings.id(), ChannelCode.PAYEASE, settings.mode());
    }

    private static byte[] key(Path file) {
        var key = read(file).strip();
        if (key.isEmpty()) {
            throw new IllegalStateException(file + " holds no key");
        }
        return key.getBytes(StandardCharsets.US_ASCII);
    }

    private static Sign sign(Path file) {
        try {
            return Sign.ofKeyFile(read(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " is no Public1024.key: " + e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
