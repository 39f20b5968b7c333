package io.ferrypay.sandbox.payease;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/** Makes the MACs that cover Chinese words, in the encoding that is set. */
@Component("payeaseMacText")
class MacText {

    private final Marks marks;
    private final Settings settings;

    MacText(Marks marks, Settings settings) {
        this.marks = marks;
        this.settings = settings;
    }

    /**
     * @param words whether people read it
     */
    record Part(String text, boolean words) {}

    static Part code(String text) {
        return new Part(text, false);
    }

    static Part words(String text) {
        return new Part(text, true);
    }

    String mac(boolean gbkPage, Part... parts) {
        var encoding = settings.now().macEncoding();
        Charset charset =
                switch (encoding) {
                    case PAGE -> Form.charset(gbkPage);
                    case GBK -> Form.GBK;
                    case UTF8, URL_ENCODED -> StandardCharsets.UTF_8;
                };
        return marks.mac(
                charset,
                Arrays.stream(parts)
                        .map(part ->
                                part.words() && encoding == Settings.MacEncoding.URL_ENCODED
                                        ? URLEncoder.encode(part.text(), StandardCharsets.UTF_8)
                                        : part.text())
                        .toArray(String[]::new));
    }
}
