package io.ferrypay.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a Docker engine answers, found out in a second: Testcontainers itself takes much longer
 * to give up.
 */
final class DockerEngine {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String DEFAULT_SOCKET = "unix:///var/run/docker.sock";
    private static final byte[] PING =
            "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private DockerEngine() {}

    static boolean answers() {
        return answersAt(System.getenv("DOCKER_HOST"));
    }

    /**
     * @param dockerHost as in the environment variable {@code DOCKER_HOST}; null or empty for
     *     Docker's default
     */
    static boolean answersAt(@Nullable String dockerHost) {
        var host = dockerHost == null || dockerHost.isBlank() ? DEFAULT_SOCKET : dockerHost;
        try {
            var address = address(URI.create(host));
            return CompletableFuture.supplyAsync(() -> ping(address), Thread::startVirtualThread)
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalArgumentException
                | UnsupportedOperationException
                | ExecutionException
                | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static SocketAddress address(URI host) {
        return switch (host.getScheme()) {
            case "unix" -> UnixDomainSocketAddress.of(host.getPath());
            case "tcp", "http" -> new InetSocketAddress(host.getHost(), host.getPort());
            case null, default -> throw new IllegalArgumentException("No way to ask " + host);
        };
    }

    private static boolean ping(SocketAddress address) {
        try (var channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.wrap(PING));
            var answer = ByteBuffer.allocate(12);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // until "HTTP/1.1 200" is complete
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII)
                    .endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }
}
