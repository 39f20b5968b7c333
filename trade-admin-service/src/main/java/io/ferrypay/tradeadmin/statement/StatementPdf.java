package io.ferrypay.tradeadmin.statement;

import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.statement.BalanceStatement.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/**
 * For people, in English and Chinese, on A4. Its font is a part of Noto Sans CJK SC: Latin letters
 * and the Chinese ones of {@link #LABELS}, which whoever adds a label has to add, too.
 */
final class StatementPdf {

    static final Map<String, String> LABELS =
            Map.ofEntries(
                    Map.entry("title", "Account statement 账户对账单"),
                    Map.entry("merchant", "Merchant 商户"),
                    Map.entry("currency", "Currency 币种"),
                    Map.entry("period", "Period 期间"),
                    Map.entry("opening", "Opening balance 期初余额"),
                    Map.entry("in", "In 收入合计"),
                    Map.entry("out", "Out 支出合计"),
                    Map.entry("closing", "Closing balance 期末余额"),
                    Map.entry("time", "Time (UTC) 时间"),
                    Map.entry("kind", "Kind 类型"),
                    Map.entry("source", "Reference 编号"),
                    Map.entry("amount", "Amount 金额"),
                    Map.entry("balance", "Balance 余额"),
                    Map.entry("page", "Page 页"),
                    Map.entry("test", "Test mode, no real money 测试模式，非真实资金"),
                    Map.entry("payment", "Payment 支付"),
                    Map.entry("fee", "Fee 手续费"),
                    Map.entry("fee_return", "Fee returned 手续费退回"),
                    Map.entry("refund", "Refund 退款"),
                    Map.entry("withdrawal", "Withdrawal 提现"),
                    Map.entry("withdrawal_return", "Withdrawal returned 提现退回"));

    private static final String FONT = "/fonts/statement.ttf";
    private static final int MARGIN = 42;
    private static final int LINE = 14;
    private static final int SMALL = 8;
    private static final int[] COLUMNS = {MARGIN, 140, 260, 450, 553};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final ReadStatements statements;

    StatementPdf(ReadStatements statements) {
        this.statements = statements;
    }

    void write(BalanceStatement statement, OutputStream out) throws IOException {
        // Pages wait in a file of their own, not in memory.
        try (var document = new PDDocument(IOUtils.createTempFileOnlyStreamCache());
                var source = StatementPdf.class.getResourceAsStream(FONT)) {
            var font = PDType0Font.load(document, Objects.requireNonNull(source), true);
            document.getDocumentInformation().setTitle("Account statement");
            document.getDocumentInformation().setProducer("FerryPay");
            try (var pages = new Pages(document, font, statement)) {
                pages.head();
                statements.forEach(statement, pages::line);
                pages.end();
            }
            document.save(out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String label(String name) {
        return LABELS.getOrDefault(name, name);
    }

    /** Fills pages from above. */
    private static final class Pages implements AutoCloseable {

        private final PDDocument document;
        private final PDFont font;
        private final BalanceStatement statement;
        private @Nullable PDPageContentStream page;
        private int y;
        private int number;

        Pages(PDDocument document, PDFont font, BalanceStatement statement) {
            this.document = document;
            this.font = font;
            this.statement = statement;
        }

        void head() throws IOException {
            begin();
            put(MARGIN, 16, label("title"));
            y -= 2 * LINE;
            if (statement.book() != Book.LIVE) {
                row(label("test"), "");
            }
            row(label("merchant"), statement.merchantId());
            row(label("currency"), statement.opening().currency().code());
            row(label("period"), statement.from() + " – " + statement.to());
            row(label("opening"), statement.opening().toDecimalString());
            row(label("in"), statement.in().toDecimalString());
            row(label("out"), statement.out().toDecimalString());
            row(label("closing"), statement.closing().toDecimalString());
            y -= LINE;
            columns();
        }

        void line(Line line) {
            try {
                if (y < 3 * LINE) {
                    begin();
                    columns();
                }
                put(COLUMNS[0], SMALL, TIME.format(line.postedAt()));
                put(COLUMNS[1], SMALL, label(line.kind()));
                put(COLUMNS[2], SMALL, line.subject());
                right(COLUMNS[3], line.amount().toDecimalString());
                right(COLUMNS[4], line.balance().toDecimalString());
                y -= LINE;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void end() throws IOException {
            close();
        }

        private void columns() throws IOException {
            put(COLUMNS[0], SMALL, label("time"));
            put(COLUMNS[1], SMALL, label("kind"));
            put(COLUMNS[2], SMALL, label("source"));
            right(COLUMNS[3], label("amount"));
            right(COLUMNS[4], label("balance"));
            y -= LINE;
        }

        private void begin() throws IOException {
            close();
            var next = new PDPage(PDRectangle.A4);
            document.addPage(next);
            number++;
            page = new PDPageContentStream(document, next);
            y = MARGIN / 2;
            put(MARGIN, SMALL, label("page") + " " + number);
            y = (int) PDRectangle.A4.getHeight() - MARGIN - LINE;
        }

        private void row(String name, String value) throws IOException {
            put(MARGIN, 10, name);
            put(260, 10, value);
            y -= LINE;
        }

        private void right(float x, String text) throws IOException {
            put(x - font.getStringWidth(text) / 1000 * SMALL, SMALL, text);
        }

        private void put(float x, float size, String text) throws IOException {
            var here = Objects.requireNonNull(page);
            here.beginText();
            here.setFont(font, size);
            here.newLineAtOffset(x, y);
            here.showText(text);
            here.endText();
        }

        @Override
        public void close() throws IOException {
            if (page != null) {
                page.close();
                page = null;
            }
        }
    }
}
