package io.ferrypay.paymentchannel.channel.wechat;

import com.wechat.pay.java.core.util.PemUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secrets of one account, read from its files once and kept as ready key objects. */
final class WechatCredentials {

    private static final Logger log = LoggerFactory.getLogger(WechatCredentials.class);
    private static final int API_V3_KEY_BYTES = 32;

    private final PrivateKey privateKey;
    private final byte[] apiV3Key;
    private final @Nullable PublicKey publicKey;
    private final @Nullable String appSecret;
    private final @Nullable String v2Key;

    private WechatCredentials(
            PrivateKey privateKey,
            byte[] apiV3Key,
            @Nullable PublicKey publicKey,
            @Nullable String appSecret,
            @Nullable String v2Key) {
        this.privateKey = privateKey;
        this.apiV3Key = apiV3Key;
        this.publicKey = publicKey;
        this.appSecret = appSecret;
        this.v2Key = v2Key;
    }

    /**
     * @throws IllegalStateException naming the file that is missing or unusable, never its content
     */
    static WechatCredentials load(WechatProperties.Account account) {
        var apiV3Key = read(account.apiV3KeyFile()).strip().getBytes(StandardCharsets.UTF_8);
        // The SDK accepts any length here and fails on the first notification instead.
        if (apiV3Key.length != API_V3_KEY_BYTES) {
            throw new IllegalStateException(
                    "%s holds %d bytes; an APIv3 key has %d"
                            .formatted(account.apiV3KeyFile(), apiV3Key.length, API_V3_KEY_BYTES));
        }
        var publicKeyFile = account.publicKeyFile();
        return new WechatCredentials(
                privateKey(account.privateKeyFile()),
                apiV3Key,
                publicKeyFile == null ? null : publicKey(publicKeyFile),
                secret(account.appSecretFile()),
                secret(account.v2KeyFile()));
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    byte[] apiV3Key() {
        return apiV3Key.clone();
    }

    @Nullable PublicKey publicKey() {
        return publicKey;
    }

    /** Of the official account, if there is one. */
    @Nullable String appSecret() {
        return appSecret;
    }

    /** Of the older interfaces, if we use them. */
    @Nullable String v2Key() {
        return v2Key;
    }

    @Override
    public String toString() {
        return "WechatCredentials[hidden]";
    }

    private static PrivateKey privateKey(Path file) {
        var pem = read(file);
        warnWhenOthersCanRead(file);
        try {
            return PemUtil.loadPrivateKeyFromString(pem);
        } catch (RuntimeException e) {
            // The cause's message may quote the key, so it stays behind.
            throw new IllegalStateException(file + " is not an RSA private key in PKCS#8 PEM form");
        }
    }

    private static PublicKey publicKey(Path file) {
        try {
            return PemUtil.loadPublicKeyFromString(read(file));
        } catch (RuntimeException e) {
            throw new IllegalStateException(file + " is not an RSA public key in PEM form", e);
        }
    }

    private static @Nullable String secret(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        var secret = read(file).strip();
        if (secret.isEmpty()) {
            throw new IllegalStateException(file + " is empty");
        }
        return secret;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static void warnWhenOthersCanRead(Path file) {
        try {
            var open = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) {
                log.warn(
                        "{} holds a private key and can be read by others: {}",
                        file,
                        Arrays.toString(open.toArray()).toLowerCase(Locale.ROOT));
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("Cannot look at the permissions of {}", file, e);
        }
    }
}
