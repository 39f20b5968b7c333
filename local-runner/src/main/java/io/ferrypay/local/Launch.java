package io.ferrypay.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a part is started here: its command line and its environment, the same variables that a
 * deployment sets.
 */
final class Launch {

    /** Half of Alipay's minute for whoever shows a code, for people who watch. */
    private static final String ALIPAY_CHARGE_PATIENCE = "30s";

    /** WeChat's minute between two refunds of an order, on both sides, for people who watch. */
    private static final String OFFICIAL_ACCOUNT = "wx8888888888888888";

    private static final String WECHAT_REFUND_SPACING = "3s";

    /** Without Alipay's pause at night, on both sides, for people who watch then. */
    private static final String ALIPAY_CODE_REFUNDS_FROM = "00:00";

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
        if (part == Part.REGISTRY
                || part == Part.JOB
                || part == Part.MERCHANT
                || part == Part.TRADE_ADMIN
                || part == Part.RECONCILE) {
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
                // No mail server here: what the portal mails is found in this folder.
                environment.put(
                        "FERRY_MAIL_FOLDER", workspace.home().resolve("mailbox").toString());
                environment.put(
                        "FERRY_DOCUMENTS_FOLDER", workspace.home().resolve("documents").toString());
                // As many as fit into the memory that it has here.
                environment.put("FERRY_DOCUMENTS_ATONCE", "2");
                // A load generator is a guest here, not an abuser.
                environment.put("FERRY_RATELIMITS_TEST_WRITESPERSECOND", "100000");
                environment.put("FERRY_RATELIMITS_TEST_READSPERSECOND", "100000");
            }
            case PAYMENT_CHANNEL -> {
                accounts(workspace.wechatKeys(), this::wechatAccount, environment);
                accounts(workspace.jdpayKeys(), this::jdpayAccount, environment);
                accounts(workspace.payeaseKeys(), this::payeaseAccount, environment);
                accounts(workspace.alipayKeys(), this::alipayAccount, environment);
                // Nobody here tells rates; where money is real they come from an operator only.
                environment.put("FERRY_FX_CHARGESOURCES", "operator,configured");
                // ./ferry demo --data makes a month up; where money is real nobody can.
                environment.put("FERRY_DEMO_PASTACTIVITY", "true");
                environment.put("FERRY_CHANNELS_WECHAT_REFUNDSPACING", WECHAT_REFUND_SPACING);
                environment.put("FERRY_CHANNELS_ALIPAY_CODEREFUNDSFROM", ALIPAY_CODE_REFUNDS_FROM);
                environment.put("FERRY_CHANNELS_ALIPAY_CHARGES_PATIENCE", ALIPAY_CHARGE_PATIENCE);
            }
            // Shops on this machine may be told; a deployment leaves this empty.
            case NOTIFY -> {
                environment.put("FERRY_WEBHOOKS_ALLOWEDPRIVATETARGETS", "127.0.0.0/8,::1/128");
                officialAccount()
                        .forEach((setting, value) ->
                                environment.put(
                                        "FERRY_WECHATMESSAGES_ACCOUNTS_0_" + setting, value));
            }
            case SANDBOX -> {
                environment.put(
                        "FERRY_SANDBOX_WECHAT_DIRECTORY", workspace.wechatKeys().toString());
                environment.put("FERRY_SANDBOX_WECHAT_REFUNDSPACING", WECHAT_REFUND_SPACING);
                environment.put(
                        "FERRY_SANDBOX_WECHAT_EVENTSURL",
                        workspace.publicUrl() + "/wechat/events/" + OFFICIAL_ACCOUNT);
                environment.put("FERRY_SANDBOX_ALIPAY_CODEREFUNDSFROM", ALIPAY_CODE_REFUNDS_FROM);
                environment.put("FERRY_SANDBOX_JDPAY_DIRECTORY", workspace.jdpayKeys().toString());
                environment.put(
                        "FERRY_SANDBOX_PAYEASE_DIRECTORY", workspace.payeaseKeys().toString());
                environment.put(
                        "FERRY_SANDBOX_ALIPAY_DIRECTORY", workspace.alipayKeys().toString());
                environment.put(
                        "FERRY_SANDBOX_JOURNAL",
                        workspace.home().resolve("sandbox-journal.jsonl").toString());
            }
            case RECONCILE -> {
                environment.put(
                        "FERRY_RECONCILE_FILES", workspace.home().resolve("statements").toString());
                // What the pretended company keeps.
                environment.put("FERRY_RECONCILE_COMPARE_CHANNELS_WECHAT_FEERATE", "0.02");
            }
            case TRADE_ADMIN -> {
                environment.put(
                        "FERRY_STAFF_FIRSTLINKSFILE", workspace.firstConsoleLinks().toString());
                // ./ferry demo --reconcile has two colleagues, as whom nobody can sign in.
                environment.put("FERRY_DEMO_COLLEAGUES", "true");
            }
            case REGISTRY, JOB -> {}
        }
        return environment;
    }

    /** One account at a company, from the folder with its keys. */
    private interface Account {

        /**
         * @param id the account's
         */
        Map<String, String> settings(String id, Path keys);
    }

    /**
     * An account for the company's folder, and for each folder beside it that has its name and a
     * suffix: a new credential is a new account, and the last one takes new orders. As the folders
     * are listed at every start, a credential is exchanged by adding one and starting again.
     */
    private static void accounts(Path first, Account account, Map<String, String> environment) {
        var company = first.getFileName().toString();
        var folders = new ArrayList<>(List.of(first));
        try (var beside = Files.newDirectoryStream(first.getParent(), company + "-*")) {
            var more = new ArrayList<Path>();
            beside.forEach(more::add);
            folders.addAll(more.stream().filter(Files::isDirectory).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var i = 0; i < folders.size(); i++) {
            var name = folders.get(i).getFileName().toString();
            var id = company + "-test" + name.substring(company.length());
            var prefix =
                    "FERRY_CHANNELS_%s_ACCOUNTS_%d_".formatted(company.toUpperCase(Locale.ROOT), i);
            account.settings(id, folders.get(i))
                    .forEach((setting, value) -> environment.put(prefix + setting, value));
        }
    }

    private Map<String, String> wechatAccount(String id, Path keys) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("ID", id);
        settings.put("MODE", "test");
        settings.put("SPMCHID", "1900000100");
        settings.put("SPAPPID", OFFICIAL_ACCOUNT);
        settings.put("MERCHANTSERIAL", firstLine(keys.resolve("merchant-serial.txt")));
        settings.put("PRIVATEKEYFILE", keys.resolve("merchant-key.pem").toString());
        settings.put("APIV3KEYFILE", keys.resolve("api-v3-key.txt").toString());
        settings.put("APPSECRETFILE", keys.resolve("app-secret.txt").toString());
        settings.put("V2KEYFILE", keys.resolve("v2-key.txt").toString());
        settings.put("OAUTHAUTHORIZEURL", workspace.sandboxUrl() + "/connect/oauth2/authorize");
        settings.put("OAUTHAPIURL", workspace.sandboxUrl());
        settings.put("H5", "true");
        settings.put("BASEURL", workspace.sandboxUrl());
        settings.put("NOTIFYBASEURL", workspace.publicUrl());
        return settings;
    }

    /** The sandbox's official account and the three templates it has. */
    private Map<String, String> officialAccount() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("MODE", "test");
        settings.put("APPID", OFFICIAL_ACCOUNT);
        settings.put("SECRETFILE", workspace.wechatKeys().resolve("app-secret.txt").toString());
        settings.put("TOKENFILE", workspace.wechatKeys().resolve("message-token.txt").toString());
        settings.put("APIURL", workspace.sandboxUrl());
        settings.put("AUTHORIZEURL", workspace.sandboxUrl() + "/connect/oauth2/authorize");
        template(
                "PAYMENT",
                "SbxPayment000000000000000000000000000000001",
                money("thing5=method"),
                settings);
        template(
                "REFUND",
                "SbxRefund0000000000000000000000000000000001",
                money("phrase5=status"),
                settings);
        template(
                "ALERT",
                "SbxAlert00000000000000000000000000000000001",
                List.of("thing1=code", "thing2=what", "time3=time"),
                settings);
        return settings;
    }

    private static List<String> money(String fifth) {
        return List.of(
                "character_string1=reference",
                "amount2=amount",
                "amount3=payer_amount",
                "time4=time",
                fifth);
    }

    private static void template(
            String kind, String id, List<String> fields, Map<String, String> settings) {
        settings.put(kind + "TEMPLATE_ID", id);
        for (var i = 0; i < fields.size(); i++) {
            var field = fields.get(i).split("=", 2);
            settings.put(kind + "TEMPLATE_FIELDS_" + i + "_KEYWORD", field[0]);
            settings.put(kind + "TEMPLATE_FIELDS_" + i + "_CONTENT", field[1]);
        }
    }

    private Map<String, String> jdpayAccount(String id, Path keys) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("ID", id);
        settings.put("MODE", "test");
        settings.put("MERCHANT", "110148035005");
        settings.put("DESKEYFILE", keys.resolve("des-key.txt").toString());
        settings.put("PRIVATEKEYFILE", keys.resolve("merchant-key.pem").toString());
        settings.put("JDPUBLICKEYFILE", keys.resolve("jd-public-key.pem").toString());
        settings.put("MD5KEYFILE", keys.resolve("md5-key.txt").toString());
        settings.put("BASEURL", workspace.sandboxUrl() + "/jdpay");
        settings.put("NOTIFYBASEURL", workspace.publicUrl());
        // The sandbox's own word for it: JD's is not public.
        settings.put("ORDERNOTFOUNDCODES", "SIM201");
        return settings;
    }

    private Map<String, String> payeaseAccount(String id, Path keys) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("ID", id);
        settings.put("MODE", "test");
        settings.put("MERCHANTNUMBER", "888");
        settings.put("KEYFILE", keys.resolve("key.txt").toString());
        settings.put("PUBLICKEYFILE", keys.resolve("Public1024.key").toString());
        settings.put("BASEURL", workspace.sandboxUrl() + "/payease");
        settings.put("NOTIFYBASEURL", workspace.publicUrl());
        return settings;
    }

    private Map<String, String> alipayAccount(String id, Path keys) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("ID", id);
        settings.put("MODE", "test");
        settings.put("PARTNER", "2088101122136241");
        settings.put("SIGNTYPE", "RSA2");
        settings.put("PRIVATEKEYFILE", keys.resolve("merchant-key.pem").toString());
        settings.put("PUBLICKEYFILE", keys.resolve("alipay-public-key.pem").toString());
        settings.put("BASEURL", workspace.sandboxUrl() + "/alipay");
        settings.put("NOTIFYBASEURL", workspace.publicUrl());
        return settings;
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
