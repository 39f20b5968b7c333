package io.ferrypay.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends exactly these bytes; a client library would tidy up what the tests are about. */
final class RawHttp {

    private RawHttp() {}

    static String exchange(int port, String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "closed: " + e;
        }
    }

    static String get(int port, String target, String... headers) {
        return exchange(
                port,
                "GET "
                        + target
                        + " HTTP/1.1\r\nHost: api.ferrypay.example\r\n"
                        + String.join("", java.util.List.of(headers))
                        + "Connection: close\r\n\r\n");
    }
}
