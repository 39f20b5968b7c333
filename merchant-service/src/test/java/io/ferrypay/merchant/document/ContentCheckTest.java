package io.ferrypay.merchant.document;

import static io.ferrypay.merchant.document.SampleFiles.cut;
import static io.ferrypay.merchant.document.SampleFiles.join;
import static io.ferrypay.merchant.document.SampleFiles.jpeg;
import static io.ferrypay.merchant.document.SampleFiles.jpegOfSize;
import static io.ferrypay.merchant.document.SampleFiles.jpegWithComment;
import static io.ferrypay.merchant.document.SampleFiles.pdf;
import static io.ferrypay.merchant.document.SampleFiles.png;
import static io.ferrypay.merchant.document.SampleFiles.pngOfSize;
import static io.ferrypay.merchant.document.SampleFiles.pngWithChunk;
import static io.ferrypay.merchant.document.SampleFiles.text;
import static io.ferrypay.merchant.document.SampleFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ferrypay.problem.ApiException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentCheckTest {

    static List<Arguments> files() {
        var animal = text("GIF89a");
        return List.of(
                file("nothing", new byte[0], "document_empty"),
                file("text", text("hello"), "document_type_not_allowed"),
                file("a page", text("<html><script>1</script>"), "document_type_not_allowed"),
                file("a drawing", text("<svg onload=x/>"), "document_type_not_allowed"),
                file("a GIF", animal, "document_type_not_allowed"),
                file("a ZIP", zip(), "document_type_not_allowed"),
                file("a program", text("MZ\u0090"), "document_type_not_allowed"),
                file(
                        "blanks before a PDF",
                        join(text(" \n"), pdf("x")),
                        "document_type_not_allowed"),
                file("only a PDF's mark", text("%PDF-1.7\n"), "document_damaged"),
                file("a PDF of no version", join(text("%PDF-x"), pdf("x")), "document_damaged"),
                file("a PDF without a table", text("%PDF-1.7\nx\n%%EOF"), "document_damaged"),
                file("a PDF cut off", cut(pdf("x"), 0, 60), "document_damaged"),
                file("a PDF and a ZIP", join(pdf("x"), zip()), "document_is_two_files"),
                file("a PDF and a page", join(pdf("x"), text("<html>")), "document_is_two_files"),
                file(
                        "a PDF around a ZIP",
                        join(pdf("x"), zip(), pdf("y")),
                        "document_is_two_files"),
                file("a PDF around a RAR", pdf("Rar!\u001a\u0007\u0001"), "document_is_two_files"),
                file("a PNG cut off", cut(png(), 0, 50), "document_damaged"),
                file("only a PNG's mark", cut(png(), 0, 8), "document_damaged"),
                file("a PNG with a wrong sum", flipped(png(), 45), "document_damaged"),
                file("a PNG and a ZIP", join(png(), zip()), "document_is_two_files"),
                file(
                        "a ZIP in a PNG that says it is the second disk",
                        pngWithChunk(ofDisk(1, zip())),
                        "document_is_two_files"),
                file("a ZIP in a PNG", pngWithChunk(zip()), "document_is_two_files"),
                file("a PDF in a PNG", join(png(), pdf("x")), "document_is_two_files"),
                file(
                        "a PNG of 3 600 million pixels",
                        pngOfSize(60_000, 60_000),
                        "document_too_many_pixels"),
                file("a PNG of no pixels", pngOfSize(0, 10), "document_damaged"),
                file("a PNG of -1 pixels", pngOfSize(-1, -1), "document_too_many_pixels"),
                file("a JPEG cut off", cut(jpeg(), 0, jpeg().length - 2), "document_damaged"),
                file("only a JPEG's mark", cut(jpeg(), 0, 4), "document_damaged"),
                file(
                        "a JPEG and a film",
                        join(jpeg(), text("....ftypmp42")),
                        "document_is_two_files"),
                file("two JPEGs", join(jpeg(), jpeg()), "document_is_two_files"),
                file("a ZIP in a JPEG", jpegWithComment(zip()), "document_is_two_files"),
                file("a PDF in a JPEG", jpegWithComment(pdf("x")), "document_is_two_files"),
                file(
                        "a script in a JPEG",
                        jpegWithComment(text("<?PHP x")),
                        "document_is_two_files"),
                file(
                        "a page in a JPEG",
                        jpegWithComment(text("<ScRiPt>x")),
                        "document_is_two_files"),
                file(
                        "a JPEG of 4 294 million pixels",
                        jpegOfSize(65_535, 65_535),
                        "document_too_many_pixels"));
    }

    private static Arguments file(String what, byte[] content, String code) {
        return Arguments.of(what, content, code);
    }

    /** Readers of one file don't look at the number. */
    private static byte[] ofDisk(int number, byte[] zip) {
        zip[zip.length - 18] = (byte) number;
        return zip;
    }

    private static byte[] flipped(byte[] content, int at) {
        content[at] ^= 1;
        return content;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void what_is_no_single_whole_file_of_our_types_is_refused(
            String what, byte[] content, String code) {
        assertThat(refusal(content)).as(what).isEqualTo(code);
    }

    private static String refusal(byte[] content) {
        var refused = catchThrowableOfType(ApiException.class, () -> ContentCheck.typeOf(content));
        return refused == null ? "taken" : refused.code().code();
    }

    @Test
    void whole_files_are_taken_for_what_they_are() {
        assertThat(ContentCheck.typeOf(pdf("x"))).isEqualTo(DocumentType.PDF);
        assertThat(ContentCheck.typeOf(png())).isEqualTo(DocumentType.PNG);
        assertThat(ContentCheck.typeOf(jpeg())).isEqualTo(DocumentType.JPEG);
        assertThat(ContentCheck.typeOf(pngWithChunk(text("a note")))).isEqualTo(DocumentType.PNG);
        assertThat(ContentCheck.typeOf(jpegWithComment(text("a note"))))
                .isEqualTo(DocumentType.JPEG);
    }

    @Test
    void a_pdf_that_was_changed_after_it_was_made_has_two_ends() {
        assertThat(ContentCheck.typeOf(join(pdf("x"), pdf("y")))).isEqualTo(DocumentType.PDF);
        assertThat(ContentCheck.typeOf(join(pdf("x"), text("\r\n \0"))))
                .isEqualTo(DocumentType.PDF);
    }

    /** However a file is broken, the answer is one of ours, and no exception of Java's. */
    @Test
    void nonsense_is_refused_and_nothing_else_happens() {
        var random = new Random(7);
        for (var whole : List.of(pdf("x"), png(), jpeg())) {
            for (var i = 0; i < 2000; i++) {
                var broken = whole.clone();
                for (var j = 0; j <= random.nextInt(4); j++) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
                }
                refusal(cut(broken, 0, random.nextInt(broken.length + 1)));
            }
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "passport.pdf                | PDF  | passport.pdf",
                "护照 张三.JPG               | JPEG | 护照 张三.JPG",
                "../../etc/passwd            | PDF  | passwd.pdf",
                "C:\\Users\\x\\scan.png      | PNG  | scan.png",
                "photo.pdf.exe               | PDF  | photo.pdf.exe.pdf",
                "'..'                        | PNG  | document.png",
                "/                           | PNG  | document.png",
                ".htaccess                   | JPEG | htaccess.jpg",
                "a\"b<c>                     | PDF  | abc.pdf",
                "gpj.\u202efdp.exe           | PDF  | gpj.fdp.exe.pdf"
            })
    void a_name_is_never_a_path_and_fits_what_is_in_the_file(
            String name, DocumentType type, String clean) {
        assertThat(CleanName.of(name, type)).isEqualTo(clean);
        assertThat(CleanName.of("x\r\n\0y".repeat(100), type))
                .hasSizeLessThan(110)
                .startsWith("x ");
    }
}
