package io.ferrypay.sandbox.alipay.notification;

import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import io.ferrypay.sandbox.alipay.fault.AlipayFaults;
import io.ferrypay.sandbox.alipay.fault.NoticeFaults;
import io.ferrypay.sandbox.alipay.order.AlipayRefund;
import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.alipay.order.TradeRefused;
import io.ferrypay.sandbox.alipay.order.Trades;
import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import io.ferrypay.sandbox.notice.Progress;
import io.ferrypay.sandbox.notice.Retelling;
import io.ferrypay.sandbox.notice.Teller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the merchant's server what happened, by Alipay's table of waits, until it says yes. */
@Component
public class AlipayNotifications
        implements Resettable,
                SmartLifecycle,
                Teller<AlipayNotice, NoticeFaults, SentAlipayNotice> {

    private static final String KIND = "alipay-notice";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Retelling<AlipayNotice, NoticeFaults, SentAlipayNotice> telling;
    private final AlipayNoticeWriter writer;
    private final AlipayNoticePost post;
    private final Trades trades;
    private final AlipayFaults faults;
    private final Journal journal;

    AlipayNotifications(
            AlipaySandboxProperties properties,
            AlipayNoticePost post,
            Trades trades,
            AlipayFaults faults,
            SandboxClock clock,
            Journal journal) {
        this.writer = new AlipayNoticeWriter(properties.partner(), trades, clock);
        this.post = post;
        this.trades = trades;
        this.faults = faults;
        this.journal = journal;
        this.telling = new Retelling<>("alipay", this, AlipayRetryTable.WAITS, clock);
    }

    /** Starts telling where this order has come to; comes back at once. */
    public void tell(Trade trade) {
        begin(writer.ofTrade(trade));
    }

    /** Starts telling what became of this refund. */
    public void tell(AlipayRefund refund) {
        var trade = trades.find(refund.outTradeNo());
        if (trade != null) {
            begin(writer.ofRefund(refund, trade));
        }
    }

    private void begin(@Nullable AlipayNotice notice) {
        if (notice != null) {
            telling.tell(notice);
        }
    }

    /**
     * Sends the notification of an order that has ended once more, now, whether or not it was
     * accepted before, and waits for the answers. Only the copies and flaws of these faults count.
     */
    public List<SentAlipayNotice> sendAgain(String outTradeNo, NoticeFaults with) {
        var trade = trades.find(outTradeNo);
        if (trade == null) {
            throw new TradeRefused(TradeRefused.Reason.UNKNOWN_ORDER);
        }
        var notice = writer.ofTrade(trade);
        if (notice == null) {
            throw new TradeRefused(TradeRefused.Reason.NOT_PAID);
        }
        return telling.sendNow(notice, with);
    }

    /** How many notifications nobody accepted yet. */
    public int waiting() {
        return telling.waiting();
    }

    /**
     * The newest notifications, oldest first.
     *
     * @param outTradeNo only those about this order; null for all
     * @param limit how many at most
     */
    public List<SentAlipayNotice> sent(@Nullable String outTradeNo, int limit) {
        return telling.sent(
                notice -> outTradeNo == null || notice.outTradeNo().equals(outTradeNo), limit);
    }

    @Override
    public String key(AlipayNotice notice) {
        return notice.id();
    }

    @Override
    public NoticeFaults faults(AlipayNotice notice) {
        return faults.notificationsOf(notice.outTradeNo());
    }

    @Override
    public SentAlipayNotice send(AlipayNotice notice, int attempt, NoticeFaults with)
            throws InterruptedException {
        return post.send(notice, attempt, with.flaws(Math.max(attempt, 1)));
    }

    @Override
    public SentAlipayNotice lose(AlipayNotice notice, int attempt) {
        return post.lose(notice, attempt);
    }

    @Override
    public boolean accepted(SentAlipayNotice sent) {
        return sent.accepted();
    }

    @Override
    public void begun(AlipayNotice notice) {
        keep(notice, Progress.NONE);
    }

    @Override
    public void keep(AlipayNotice notice, Progress progress) {
        if (journal.keeps()) {
            journal.put(KIND, notice.id(), JSON.valueToTree(new Kept(notice, progress)));
        }
    }

    private void resume() {
        for (var json : journal.remembered(KIND).values()) {
            var known = JSON.treeToValue(json, Kept.class);
            telling.tellOn(known.notice(), known.progress());
        }
    }

    @Override
    public void reset() {
        telling.reset();
    }

    @Override
    public void start() {
        telling.start();
        resume();
    }

    @Override
    public void stop() {
        telling.stop();
    }

    @Override
    public boolean isRunning() {
        return telling.isRunning();
    }

    /** What a restarted sandbox needs to know to go on. */
    record Kept(AlipayNotice notice, Progress progress) {}
}
