package io.ferrypay.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a part is started here: its command line and its environment, the same variables that a
 * deployment sets.
 */
final class Launch {

    private static final String WECHAT_ACCOUNT = "FERRY_CHANNELS_WECHAT_ACCOUNTS_0_";

    /** WeChat's minute between two refunds of an order, on both sides, for people who watch. */
    private static final String WECHAT_REFUND_SPACING = "3s";

    private static final String JDPAY_ACCOUNT = "FERRY_CHANNELS_JDPAY_ACCOUNTS_0_";
    private static final String PAYEASE_ACCOUNT = "FERRY_CHANNELS_PAYEASE_ACCOUNTS_0_";
    private static final String ALIPAY_ACCOUNT = "FERRY_CHANNELS_ALIPAY_ACCOUNTS_0_";

    private final Workspace workspace;
    private final Secrets secrets;
    private final @Nullable String databaseUrl;

    Launch(Workspace workspace, Secrets secrets, @Nullable String databaseUrl) {
        this.workspace = workspace;
        this.secrets = secrets;
        this.databaseUrl = databaseUrl;
    }

    List<String> command(Part part, List<String> jvmOptions) {
        var command = new ArrayList<String>();
        command.add(Command.java());
        command.addAll(memoryOptions(part));
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(Build.jar(workspace, part).getFileName().toString());
        return command;
    }

    /** A cache is good for exactly one set of these, so the training run uses the same. */
    private static List<String> memoryOptions(Part part) {
        var options =
                new ArrayList<>(
                        List.of(
                                "-Xmx" + part.heapMegabytes() + "m",
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders",
                                "-XX:ReservedCodeCacheSize=64m",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Duser.timezone=UTC",
                                "-Dfile.encoding=UTF-8"));
        // Seldom busy: the second compiler would only compete with the others' start.
        if (part == Part.REGISTRY || part == Part.JOB || part == Part.MERCHANT) {
            options.add("-XX:TieredStopAtLevel=1");
        }
        return options;
    }

    Map<String, String> environment(Part part) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("SERVER_PORT", String.valueOf(workspace.port(part)));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put(
                "EUREKA_CLIENT_SERVICEURL_DEFAULTZONE",
                workspace.urlOf(Part.REGISTRY) + "/eureka/");
        environment.put("EUREKA_INSTANCE_HOSTNAME", "127.0.0.1");
        environment.put("EUREKA_INSTANCE_PREFER_IP_ADDRESS", "true");
        environment.put("EUREKA_INSTANCE_IP_ADDRESS", "127.0.0.1");
        environment.put("FERRY_PUBLICURL", workspace.publicUrl());
        environment.put("FERRY_SANDBOX_URL", workspace.sandboxUrl());
        environment.put(
                "FERRY_IDENTITY_PRIVATEKEY",
                workspace.identityKeys().resolve(part.module() + ".jwk").toString());
        environment.put(
                "FERRY_IDENTITY_TRUSTEDKEYS",
                workspace.identityKeys().resolve("trusted.jwks").toString());
        part.schema()
                .ifPresent(schema -> {
                    environment.put("SPRING_DATASOURCE_URL", String.valueOf(databaseUrl));
                    environment.put("SPRING_DATASOURCE_USERNAME", schema);
                    environment.put("SPRING_DATASOURCE_PASSWORD", secrets.passwordOf(schema));
                    environment.put("FERRY_SECRETS_KEY", secrets.keyEncryptionKey());
                });
        switch (part) {
            case GATEWAY -> {
                environment.put(
                        "MANAGEMENT_SERVER_PORT",
                        String.valueOf(workspace.gatewayManagementPort()));
                environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
                environment.put("FERRY_GATEWAY_WEBROOT", Build.webRoot(workspace).toString());
                environment.put("FERRY_GATEWAY_FORMTARGETS", workspace.sandboxUrl());
                // All shoppers of a load generator come from one address.
                environment.put("FERRY_GATEWAY_LIMITS_OPEN_PERSECOND", "100000");
                environment.put("FERRY_GATEWAY_LIMITS_OPEN_BURST", "100000");
            }
            case MERCHANT -> {
                environment.put("FERRY_DEMO_APIKEYFILE", demoKey(workspace).toString());
                // A load generator is a guest here, not an abuser.
                environment.put("FERRY_RATELIMITS_TEST_WRITESPERSECOND", "100000");
                environment.put("FERRY_RATELIMITS_TEST_READSPERSECOND", "100000");
            }
            case PAYMENT_CHANNEL -> {
                wechatAccount(environment);
                jdpayAccount(environment);
                payeaseAccount(environment);
                alipayAccount(environment);
            }
            // Shops on this machine may be told; a deployment leaves this empty.
            case NOTIFY ->
                    environment.put("FERRY_WEBHOOKS_ALLOWEDPRIVATETARGETS", "127.0.0.0/8,::1/128");
            case SANDBOX -> {
                environment.put(
                        "FERRY_SANDBOX_WECHAT_DIRECTORY", workspace.wechatKeys().toString());
                environment.put("FERRY_SANDBOX_WECHAT_REFUNDSPACING", WECHAT_REFUND_SPACING);
                environment.put("FERRY_SANDBOX_JDPAY_DIRECTORY", workspace.jdpayKeys().toString());
                environment.put(
                        "FERRY_SANDBOX_PAYEASE_DIRECTORY", workspace.payeaseKeys().toString());
                environment.put(
                        "FERRY_SANDBOX_ALIPAY_DIRECTORY", workspace.alipayKeys().toString());
                environment.put(
                        "FERRY_SANDBOX_JOURNAL",
                        workspace.home().resolve("sandbox-journal.jsonl").toString());
            }
            case REGISTRY, JOB -> {}
        }
        return environment;
    }

    private void wechatAccount(Map<String, String> environment) {
        var keys = workspace.wechatKeys();
        environment.put(WECHAT_ACCOUNT + "ID", "wechat-test");
        environment.put(WECHAT_ACCOUNT + "MODE", "test");
        environment.put(WECHAT_ACCOUNT + "SPMCHID", "1900000100");
        environment.put(WECHAT_ACCOUNT + "SPAPPID", "wx8888888888888888");
        environment.put(
                WECHAT_ACCOUNT + "MERCHANTSERIAL", firstLine(keys.resolve("merchant-serial.txt")));
        environment.put(
                WECHAT_ACCOUNT + "PRIVATEKEYFILE", keys.resolve("merchant-key.pem").toString());
        environment.put(WECHAT_ACCOUNT + "APIV3KEYFILE", keys.resolve("api-v3-key.txt").toString());
        environment.put(
                WECHAT_ACCOUNT + "APPSECRETFILE", keys.resolve("app-secret.txt").toString());
        environment.put(WECHAT_ACCOUNT + "V2KEYFILE", keys.resolve("v2-key.txt").toString());
        environment.put(
                WECHAT_ACCOUNT + "OAUTHAUTHORIZEURL",
                workspace.sandboxUrl() + "/connect/oauth2/authorize");
        environment.put(WECHAT_ACCOUNT + "OAUTHAPIURL", workspace.sandboxUrl());
        environment.put("FERRY_CHANNELS_WECHAT_REFUNDSPACING", WECHAT_REFUND_SPACING);
        environment.put(WECHAT_ACCOUNT + "H5", "true");
        environment.put(WECHAT_ACCOUNT + "BASEURL", workspace.sandboxUrl());
        environment.put(WECHAT_ACCOUNT + "NOTIFYBASEURL", workspace.publicUrl());
    }

    private void jdpayAccount(Map<String, String> environment) {
        var keys = workspace.jdpayKeys();
        environment.put(JDPAY_ACCOUNT + "ID", "jdpay-test");
        environment.put(JDPAY_ACCOUNT + "MODE", "test");
        environment.put(JDPAY_ACCOUNT + "MERCHANT", "110148035005");
        environment.put(JDPAY_ACCOUNT + "DESKEYFILE", keys.resolve("des-key.txt").toString());
        environment.put(
                JDPAY_ACCOUNT + "PRIVATEKEYFILE", keys.resolve("merchant-key.pem").toString());
        environment.put(
                JDPAY_ACCOUNT + "JDPUBLICKEYFILE", keys.resolve("jd-public-key.pem").toString());
        environment.put(JDPAY_ACCOUNT + "MD5KEYFILE", keys.resolve("md5-key.txt").toString());
        environment.put(JDPAY_ACCOUNT + "BASEURL", workspace.sandboxUrl() + "/jdpay");
        environment.put(JDPAY_ACCOUNT + "NOTIFYBASEURL", workspace.publicUrl());
        // The sandbox's own word for it: JD's is not public.
        environment.put(JDPAY_ACCOUNT + "ORDERNOTFOUNDCODES", "SIM201");
    }

    private void payeaseAccount(Map<String, String> environment) {
        var keys = workspace.payeaseKeys();
        environment.put(PAYEASE_ACCOUNT + "ID", "payease-test");
        environment.put(PAYEASE_ACCOUNT + "MODE", "test");
        environment.put(PAYEASE_ACCOUNT + "MERCHANTNUMBER", "888");
        environment.put(PAYEASE_ACCOUNT + "KEYFILE", keys.resolve("key.txt").toString());
        environment.put(
                PAYEASE_ACCOUNT + "PUBLICKEYFILE", keys.resolve("Public1024.key").toString());
        environment.put(PAYEASE_ACCOUNT + "BASEURL", workspace.sandboxUrl() + "/payease");
        environment.put(PAYEASE_ACCOUNT + "NOTIFYBASEURL", workspace.publicUrl());
    }

    private void alipayAccount(Map<String, String> environment) {
        var keys = workspace.alipayKeys();
        environment.put(ALIPAY_ACCOUNT + "ID", "alipay-test");
        environment.put(ALIPAY_ACCOUNT + "MODE", "test");
        environment.put(ALIPAY_ACCOUNT + "PARTNER", "2088101122136241");
        environment.put(ALIPAY_ACCOUNT + "SIGNTYPE", "RSA2");
        environment.put(
                ALIPAY_ACCOUNT + "PRIVATEKEYFILE", keys.resolve("merchant-key.pem").toString());
        environment.put(
                ALIPAY_ACCOUNT + "PUBLICKEYFILE", keys.resolve("alipay-public-key.pem").toString());
        environment.put(ALIPAY_ACCOUNT + "BASEURL", workspace.sandboxUrl() + "/alipay");
        environment.put(ALIPAY_ACCOUNT + "NOTIFYBASEURL", workspace.publicUrl());
    }

    /**
     * The demo shop's key, in the owner's own folder: made at the first start, never part of the
     * source.
     */
    static Path demoKey(Workspace workspace) {
        return workspace.home().resolve("demo-api-key.txt");
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
