package io.ferrypay.sandbox.wechat.statement;

import io.ferrypay.sandbox.control.Resettable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is odd about statements now. */
@Component
public class StatementSwitches implements Resettable {

    private volatile Setting setting = new Setting(false, false, false, null);

    /**
     * @param minorUnits amounts as whole numbers, which WeChat's text does not rule out
     * @param summary two lines at the end that sum up, as other files of WeChat's have them
     * @param wrongSha1 a soundly signed SHA-1 of something else
     * @param edits lies about single lines
     */
    public record Setting(
            boolean minorUnits, boolean summary, boolean wrongSha1, @Nullable List<Edit> edits) {

        List<Edit> all() {
            return Objects.requireNonNullElse(edits, List.of());
        }
    }

    /**
     * A lie about the line of one payment, or of one refund when that is named. {@code EXTRA} adds
     * a line of NZD 1.00 under the number given. One about the whole file needs a number, too.
     */
    public record Edit(Kind kind, String outTradeNo, @Nullable String outRefundNo) {

        boolean isAbout(String payment, @Nullable String refund) {
            return outTradeNo.equals(payment) && Objects.equals(outRefundNo, refund);
        }
    }

    /** What to do with a line. */
    public enum Kind {
        MISSING,
        EXTRA,
        /** One smallest unit more. */
        AMOUNT,
        /** Priced in AUD. */
        CURRENCY,
        /** A refund that is said to have failed. */
        STATUS,
        /** One whole unit more. */
        FEE,
        /** One per cent more. */
        RATE,
        /** Of a shop that nobody knows. */
        MERCHANT,
        /** Half a unit less is settled, or half a unit more. */
        SHORT,
        OVER,
        /** The line stands there twice. */
        DUPLICATE,
        /** Adds a line under the number given, with an amount that is none. */
        UNREADABLE,
        /** Adds a refund, under the number given, of an order that nobody placed. */
        ORPHAN,
        /** The summary counts one line too many; where this is, there is a summary. */
        TOTAL
    }

    public void set(Setting next) {
        setting = next;
    }

    Setting now() {
        return setting;
    }

    @Override
    public void reset() {
        setting = new Setting(false, false, false, null);
    }
}
