package io.ferrypay.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request on a connection of its own, which stays open until it is closed here. */
final class OpenRequest implements AutoCloseable {

    private final Socket socket;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable String status;

    private OpenRequest(Socket socket) {
        this.socket = socket;
    }

    /** Sends it and does not wait for an answer. */
    static OpenRequest get(int port, String target, String... headers) {
        try {
            var socket = new Socket();
            // Small, so that a long answer that is not read is still on its way.
            socket.setReceiveBufferSize(8_192);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
            socket.setSoTimeout(10_000);
            var request =
                    "GET %s HTTP/1.1\r\nHost: api.ferrypay.example\r\n%s\r\n"
                            .formatted(target, String.join("", headers));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new OpenRequest(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the head of the answer. */
    int status() {
        readHead();
        return Integer.parseInt(String.valueOf(status).split(" ", -1)[1]);
    }

    @Nullable String header(String name) {
        readHead();
        return headers.get(name);
    }

    private void readHead() {
        if (status != null) {
            return;
        }
        try {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1),
                            64);
            status = in.readLine();
            for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                var colon = line.indexOf(':');
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
