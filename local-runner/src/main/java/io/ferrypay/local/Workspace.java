package io.ferrypay.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where one checkout keeps what it runs: its source, its data folder and its block of ports.
 *
 * <p>{@code FERRY_HOME} moves the data folder (default {@code .ferry} in the checkout), {@code
 * FERRY_PORT_BASE} the ports, so that several platforms run side by side.
 */
public record Workspace(Path root, Path home, int portBase) {

    private static final int DEFAULT_PORT_BASE = 7200;

    /** How many consecutive ports, from the base on, a platform uses. */
    static final int PORTS = 11;

    private static final int POSTGRES_OFFSET = 7;
    private static final int GATEWAY_MANAGEMENT_OFFSET = 8;

    public Workspace {
        if (portBase < 1024 || portBase > 65535 - PORTS) {
            throw new Refusal(
                    "FERRY_PORT_BASE must be a number from 1024 to "
                            + (65535 - PORTS)
                            + ", not "
                            + portBase
                            + ".");
        }
    }

    public static Workspace current() {
        return from(
                Path.of(System.getProperty("ferry.root", ".")).toAbsolutePath().normalize(),
                System.getenv());
    }

    static Workspace from(Path root, Map<String, String> environment) {
        var home =
                environment.containsKey("FERRY_HOME")
                        ? Path.of(environment.get("FERRY_HOME"))
                        : root.resolve(".ferry");
        var base = environment.getOrDefault("FERRY_PORT_BASE", String.valueOf(DEFAULT_PORT_BASE));
        try {
            return new Workspace(
                    root, home.toAbsolutePath().normalize(), Integer.parseInt(base.strip()));
        } catch (NumberFormatException _) {
            throw new Refusal("FERRY_PORT_BASE must be a number, not \"" + base + "\".");
        }
    }

    int port(Part part) {
        return portBase + part.offset();
    }

    public int postgresPort() {
        return portBase + POSTGRES_OFFSET;
    }

    int gatewayManagementPort() {
        return portBase + GATEWAY_MANAGEMENT_OFFSET;
    }

    /** The address shops, shoppers and browsers use. */
    public String publicUrl() {
        return "http://localhost:" + port(Part.GATEWAY);
    }

    public String sandboxUrl() {
        return "http://127.0.0.1:" + port(Part.SANDBOX);
    }

    public String urlOf(Part part) {
        return "http://127.0.0.1:" + port(part);
    }

    Path logs() {
        return home.resolve("logs");
    }

    Path log(Part part) {
        return logs().resolve(part.module() + ".log");
    }

    Path build() {
        return home.resolve("build");
    }

    Path stateFile() {
        return home.resolve("state.json");
    }

    /** Links by which the first two people come in to the console. */
    public Path firstConsoleLinks() {
        return home.resolve("console-first-links.txt");
    }

    public Path secretsFile() {
        return home.resolve("secrets.json");
    }

    Path identityKeys() {
        return home.resolve("identity");
    }

    /** The private key with which the gateway signs what it says about a caller. */
    public Path gatewayKey() {
        return identityKeys().resolve("gateway-service.jwk");
    }

    Path wechatKeys() {
        return home.resolve("channels/wechat");
    }

    Path jdpayKeys() {
        return home.resolve("channels/jdpay");
    }

    Path payeaseKeys() {
        return home.resolve("channels/payease");
    }

    Path alipayKeys() {
        return home.resolve("channels/alipay");
    }

    Path postgresData() {
        return home.resolve("postgres");
    }
}
