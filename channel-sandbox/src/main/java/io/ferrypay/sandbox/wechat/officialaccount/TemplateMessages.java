package io.ferrypay.sandbox.wechat.officialaccount;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What people found in their WeChat. The account has three templates, for payments, refunds and
 * alerts, and whoever has not unfollowed it can be written to.
 */
@Component
public class TemplateMessages implements Resettable {

    static final Map<String, Set<String>> TEMPLATES =
            Map.of(
                    "SbxPayment000000000000000000000000000000001",
                    Set.of("character_string1", "amount2", "amount3", "time4", "thing5"),
                    "SbxRefund0000000000000000000000000000000001",
                    Set.of("character_string1", "amount2", "amount3", "time4", "phrase5"),
                    "SbxAlert00000000000000000000000000000000001",
                    Set.of("thing1", "thing2", "time3"));

    private static final int MOST_KEPT = 5_000;

    private final SandboxClock clock;
    private final Deque<Received> received = new ArrayDeque<>();
    private final Set<String> clientIds = new HashSet<>();
    private final Set<String> unfollowed = new HashSet<>();
    private final Deque<Integer> answersToCome = new ArrayDeque<>();
    private final Deque<String> arrivalsToCome = new ArrayDeque<>();
    private long lastId = 200_228_000;

    TemplateMessages(SandboxClock clock) {
        this.clock = clock;
    }

    /**
     * A message as its reader sees it.
     *
     * @param data by keyword
     */
    public record Received(
            long msgid,
            String openid,
            String templateId,
            @Nullable String clientMsgId,
            Map<String, String> data,
            Instant at) {}

    /** What WeChat says to it: 0, or an error code. */
    record Answer(int errcode, long msgid) {}

    synchronized Answer send(
            String openid, String templateId, @Nullable String clientId, Map<String, String> data) {
        var ordered = answersToCome.poll();
        if (ordered != null && ordered != 0) {
            return new Answer(ordered, 0);
        }
        var keywords = TEMPLATES.get(templateId);
        if (keywords == null) {
            return new Answer(40037, 0);
        }
        if (!keywords.equals(data.keySet())
                || !data.entrySet().stream().allMatch(TemplateMessages::fits)) {
            return new Answer(47003, 0);
        }
        if (unfollowed.contains(openid)) {
            return new Answer(43004, 0);
        }
        if (clientId != null && !clientIds.add(clientId)) {
            return new Answer(45065, 0);
        }
        lastId++;
        received.addFirst(
                new Received(
                        lastId, openid, templateId, clientId, Map.copyOf(data), clock.instant()));
        if (received.size() > MOST_KEPT) {
            received.removeLast();
        }
        return new Answer(0, lastId);
    }

    private static boolean fits(Map.Entry<String, String> field) {
        var keyword = field.getKey();
        var length = field.getValue().codePointCount(0, field.getValue().length());
        var most =
                keyword.startsWith("thing")
                        ? 20
                        : keyword.startsWith("character_string")
                                ? 32
                                : keyword.startsWith("phrase") ? 5 : 64;
        return length >= 1
                && length <= most
                && (!keyword.startsWith("character_string")
                        || field.getValue().chars().allMatch(c -> c >= 0x20 && c <= 0x7e));
    }

    /** Newest first. */
    public synchronized List<Received> received() {
        return new ArrayList<>(received);
    }

    /** Whether the account may write to this person. */
    public synchronized void follow(String openid, boolean follows) {
        if (follows) {
            unfollowed.remove(openid);
        } else {
            unfollowed.add(openid);
        }
    }

    /** The next messages are answered with these codes, 0 for as usual, whatever they are. */
    public synchronized void answer(List<Integer> codes) {
        answersToCome.clear();
        answersToCome.addAll(codes);
    }

    /**
     * What becomes of the next messages on their readers' phones, such as {@code failed:user
     * block}.
     */
    public synchronized void arrive(List<String> statuses) {
        arrivalsToCome.clear();
        arrivalsToCome.addAll(statuses);
    }

    /** What becomes of a message that was taken just now. */
    synchronized String arrival() {
        var ordered = arrivalsToCome.poll();
        return ordered == null ? "success" : ordered;
    }

    @Override
    public synchronized void reset() {
        arrivalsToCome.clear();
        received.clear();
        clientIds.clear();
        unfollowed.clear();
        answersToCome.clear();
    }
}
