package io.ferrypay.notify.wechatmessage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * One try of one message. The message's id goes along as {@code client_msg_id}, by which WeChat
 * knows a repeat (45065): so whatever has no answer is simply sent again.
 */
@Component
class SendTemplateMessage {

    private final WechatApi api;
    private final AccessTokens tokens;

    SendTemplateMessage(WechatApi api, AccessTokens tokens) {
        this.api = api;
        this.tokens = tokens;
    }

    /** What came of it, by WeChat's error codes. */
    sealed interface Outcome {

        /**
         * @param msgid by which its arrival is told; null of a repeat
         */
        record Sent(@Nullable Long msgid) implements Outcome {}

        /** Perhaps later: busy, too frequent, or no answer. */
        record Again(String error) implements Outcome {}

        /** This person can't be written to any more. */
        record PersonGone(String reason) implements Outcome {}

        /** The account may send nothing more today. */
        record QuotaUsedUp() implements Outcome {}

        /** Nothing can be sent from this account until somebody sets it up right. */
        record Misconfigured(int errcode) implements Outcome {}

        /** This message is wrong, and would be the next time. */
        record Wrong(int errcode) implements Outcome {}
    }

    Outcome send(
            OfficialAccount account,
            String id,
            String openid,
            String type,
            Map<String, String> content) {
        return switch (tokens.of(account)) {
            case AccessTokens.Answer.NoAnswer(var why) -> new Outcome.Again(why);
            case AccessTokens.Answer.Refused(var errcode) -> judgedToken(errcode);
            case AccessTokens.Answer.Token(var token) ->
                    sendWith(account, token, true, message(account, id, openid, type, content));
        };
    }

    private Outcome sendWith(
            OfficialAccount account,
            String token,
            boolean mayRefresh,
            Map<String, Object> message) {
        JsonNode answer;
        try {
            answer =
                    api.post(
                            account,
                            "cgi-bin/message/template/send",
                            Map.of("access_token", token),
                            message);
        } catch (WechatApi.NoAnswer e) {
            return new Outcome.Again(String.valueOf(e.getMessage()));
        }
        if (!answer.path("errcode").isInt()) {
            return new Outcome.Again("unreadable");
        }
        var errcode = answer.path("errcode").asInt();
        return switch (errcode) {
            case 40001, 40014, 41001, 42001 ->
                    mayRefresh
                            ? sendOnceMore(account, token, message)
                            : new Outcome.Misconfigured(errcode);
            case 0 ->
                    new Outcome.Sent(
                            answer.path("msgid").isIntegralNumber()
                                    ? answer.path("msgid").asLong()
                                    : null);
            default -> judged(errcode);
        };
    }

    private Outcome sendOnceMore(OfficialAccount account, String bad, Map<String, Object> message) {
        return switch (tokens.insteadOf(account, bad)) {
            case AccessTokens.Answer.NoAnswer(var why) -> new Outcome.Again(why);
            case AccessTokens.Answer.Refused(var errcode) -> judgedToken(errcode);
            case AccessTokens.Answer.Token(var token) -> sendWith(account, token, false, message);
        };
    }

    private static Outcome judgedToken(int errcode) {
        return errcode == -1 || errcode == 45009 || errcode == 45011
                ? new Outcome.Again("errcode_" + errcode)
                : new Outcome.Misconfigured(errcode);
    }

    private static Outcome judged(int errcode) {
        return switch (errcode) {
            case 45065 -> new Outcome.Sent(null);
            case 40003 -> new Outcome.PersonGone("unknown_to_account");
            case 43004 -> new Outcome.PersonGone("unfollowed");
            case 43019 -> new Outcome.PersonGone("blocked");
            case 43101 -> new Outcome.PersonGone("refused");
            case 45009 -> new Outcome.QuotaUsedUp();
            case 40013, 40036, 40037, 40125, 40164, 48001, 50001 ->
                    new Outcome.Misconfigured(errcode);
            case 47003 -> new Outcome.Wrong(errcode);
            default -> new Outcome.Again("errcode_" + errcode);
        };
    }

    private static Map<String, Object> message(
            OfficialAccount account,
            String id,
            String openid,
            String type,
            Map<String, String> content) {
        var template = Objects.requireNonNull(account.templateOf(type));
        var data = new LinkedHashMap<String, Object>();
        for (var field : template.fields()) {
            var value = content.getOrDefault(field.content().name(), "-");
            data.put(field.keyword(), Map.of("value", MessageText.fitting(field.keyword(), value)));
        }
        var message = new LinkedHashMap<String, Object>();
        message.put("touser", openid);
        message.put("template_id", template.id());
        message.put("client_msg_id", id);
        message.put("data", data);
        return message;
    }
}
