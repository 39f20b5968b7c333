package io.ferrypay.merchant.document;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Speaks clamd's INSTREAM: finds a virus in whatever holds {@link #INFECTED}, and hangs up on what
 * holds {@link #SILENCE}.
 */
public final class FakeClamd {

    public static final String INFECTED = "this-is-a-virus";
    public static final String SILENCE = "say-nothing-to-this";

    private static final int COMMAND = "zINSTREAM\0".length();

    private final ServerSocket server;

    public FakeClamd() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            in.skipNBytes(COMMAND);
            var file = new ByteArrayOutputStream();
            for (var length = in.readInt(); length > 0; length = in.readInt()) {
                file.writeBytes(in.readNBytes(length));
            }
            var text = file.toString(StandardCharsets.ISO_8859_1);
            if (!text.contains(SILENCE)) {
                var answer =
                        text.contains(INFECTED) ? "stream: Test-Signature FOUND\0" : "stream: OK\0";
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
