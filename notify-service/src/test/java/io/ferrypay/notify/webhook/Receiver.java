package io.ferrypay.notify.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A merchant's server, down to the bytes, so that it can misbehave in every way. */
final class Receiver implements AutoCloseable {

    /** One webhook as it came in. Header names are in lower case. */
    record Webhook(String path, Map<String, String> headers, String body) {

        String id() {
            return headers.getOrDefault("webhook-id", "");
        }
    }

    /** Writes the answer, or whatever it does instead. */
    interface Manner {
        void answer(Webhook webhook, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Webhook> received = new CopyOnWriteArrayList<>();
    private volatile Manner manner = status(200);

    Receiver() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    static Manner status(int status, String... headers) {
        return (_, out) -> write(out, status, String.join("", headers), "ok");
    }

    static void write(OutputStream out, int status, String headers, String body)
            throws IOException {
        var answer =
                "HTTP/1.1 %d -\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n%s"
                        .formatted(status, headers, body.length(), body);
        out.write(answer.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    Receiver answers(Manner next) {
        manner = next;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/hooks";
    }

    List<Webhook> received() {
        return List.copyOf(received);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = socket.getInputStream();
            var path = line(in).split(" ", 3)[1];
            var headers = new HashMap<String, String>();
            for (var line = line(in); !line.isEmpty(); line = line(in)) {
                var parts = line.split(": ", 2);
                headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
            }
            var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            var webhook =
                    new Webhook(
                            path,
                            headers,
                            new String(in.readNBytes(length), StandardCharsets.UTF_8));
            received.add(webhook);
            manner.answer(webhook, socket.getOutputStream());
        } catch (Exception _) {
            // The sender hung up, as it should on some of these.
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
