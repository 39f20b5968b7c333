package io.ferrypay.merchant.document;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * ClamAV's daemon over TCP: {@code INSTREAM}, chunks with their length before them, a length of
 * zero, and one line of answer (clamd(8)). clamd's {@code StreamMaxLength} has to be at least the
 * size of a document.
 */
final class ClamdScanner implements VirusScanner {

    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_ANSWER = 4096;
    private static final String CLEAN = "stream: OK";
    private static final String BEGIN = "stream: ";
    private static final String FOUND = " FOUND";

    private final String host;
    private final int port;
    private final Duration connectTimeout;
    private final Duration scanTimeout;

    /**
     * @param scanTimeout from the first byte sent to the last one read
     */
    ClamdScanner(String host, int port, Duration connectTimeout, Duration scanTimeout) {
        this.host = host;
        this.port = port;
        this.connectTimeout = connectTimeout;
        this.scanTimeout = scanTimeout;
    }

    @Override
    public Verdict scan(byte[] content) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, port), Math.toIntExact(connectTimeout.toMillis()));
            return scan(socket, content);
        } catch (IOException e) {
            return new Verdict.Unknown(e.getClass().getSimpleName());
        }
    }

    /** A time-out of the socket's would count for each read, and for no write. */
    private Verdict scan(Socket socket, byte[] content) throws IOException {
        var deadline = Thread.ofVirtual().start(() -> closeInTime(socket));
        try {
            send(new DataOutputStream(socket.getOutputStream()), content);
            return read(answer(socket.getInputStream()));
        } finally {
            deadline.interrupt();
        }
    }

    private void closeInTime(Socket socket) {
        try {
            Thread.sleep(scanTimeout);
            socket.close();
        } catch (InterruptedException | IOException _) {
            // The scan was over in time, or the socket is closed anyway.
        }
    }

    private static void send(DataOutputStream out, byte[] content) throws IOException {
        out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
        for (var at = 0; at < content.length; at += CHUNK) {
            var length = Math.min(CHUNK, content.length - at);
            out.writeInt(length);
            out.write(content, at, length);
        }
        out.writeInt(0);
        out.flush();
    }

    private static String answer(InputStream in) throws IOException {
        var answer = new ByteArrayOutputStream();
        for (var next = in.read(); next > 0 && answer.size() < LONGEST_ANSWER; next = in.read()) {
            answer.write(next);
        }
        return answer.toString(StandardCharsets.UTF_8).strip();
    }

    private static Verdict read(String answer) {
        if (answer.equals(CLEAN)) {
            return new Verdict.Clean();
        }
        if (answer.startsWith(BEGIN) && answer.endsWith(FOUND)) {
            return new Verdict.Infected(
                    answer.substring(BEGIN.length(), answer.length() - FOUND.length()));
        }
        return new Verdict.Unknown("an answer that is neither yes nor no");
    }
}
