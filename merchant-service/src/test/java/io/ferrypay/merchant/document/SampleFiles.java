package io.ferrypay.merchant.document;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Files as people have them, and as attackers make them. */
public final class SampleFiles {

    private SampleFiles() {}

    public static byte[] pdf(String text) {
        return ("%PDF-1.4\n%\u00e2\u00e3\n1 0 obj\n<< /Type /Catalog /Note ("
                        + text
                        + ") >>\nendobj\n"
                        + "xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 2 >>\n"
                        + "startxref\n60\n%%EOF\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] png() {
        return picture("png", 3);
    }

    public static byte[] jpeg() {
        return picture("jpg", 3);
    }

    /**
     * @param seed another one is another picture
     */
    public static byte[] picture(String format, int seed) {
        var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (var i = 0; i < 30; i++) {
            image.setRGB(i, i, new Color(seed * 7 % 256, i * 8, seed % 256).getRGB());
        }
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] zip() {
        try {
            var out = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("zeros"));
                zip.write(new byte[1_000_000]);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A few bytes that say they are a picture of this size. */
    public static byte[] pngOfSize(int width, int height) {
        var png = png();
        var header = ByteBuffer.wrap(png);
        header.putInt(16, width).putInt(20, height);
        var sum = new CRC32();
        sum.update(png, 12, 17);
        header.putInt(29, (int) sum.getValue());
        return png;
    }

    public static byte[] jpegOfSize(int width, int height) {
        var jpeg = jpeg();
        for (var at = 2; at < jpeg.length - 9; at++) {
            if ((jpeg[at] & 0xff) == 0xff && (jpeg[at + 1] & 0xff) == 0xc0) {
                ByteBuffer.wrap(jpeg)
                        .putShort(at + 5, (short) height)
                        .putShort(at + 7, (short) width);
                return jpeg;
            }
        }
        throw new IllegalStateException("No frame");
    }

    /** A picture with a chunk that programs don't show. */
    public static byte[] pngWithChunk(byte[] content) {
        var png = png();
        var end = png.length - 12;
        var chunk = ByteBuffer.allocate(12 + content.length);
        chunk.putInt(content.length).put("teSt".getBytes(StandardCharsets.US_ASCII)).put(content);
        var sum = new CRC32();
        sum.update(chunk.array(), 4, 4 + content.length);
        chunk.putInt((int) sum.getValue());
        return join(cut(png, 0, end), chunk.array(), cut(png, end, png.length));
    }

    /** A picture with a comment behind its first mark. */
    public static byte[] jpegWithComment(byte[] content) {
        var jpeg = jpeg();
        var comment = ByteBuffer.allocate(4 + content.length);
        comment.putShort((short) 0xfffe).putShort((short) (content.length + 2)).put(content);
        return join(cut(jpeg, 0, 2), comment.array(), cut(jpeg, 2, jpeg.length));
    }

    public static byte[] cut(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    public static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
