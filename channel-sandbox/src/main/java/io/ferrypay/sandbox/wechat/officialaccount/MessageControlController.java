package io.ferrypay.sandbox.wechat.officialaccount;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What tests ask of, and do to, the official account. */
@RestController
@RequestMapping("/control/wechat/official-account")
class MessageControlController {

    private final TemplateMessages messages;
    private final StableTokens tokens;

    MessageControlController(TemplateMessages messages, StableTokens tokens) {
        this.messages = messages;
        this.tokens = tokens;
    }

    record Follower(String openid, boolean follows) {}

    record Answers(List<Integer> codes) {}

    record Arrivals(List<String> statuses) {}

    @GetMapping("/messages")
    List<TemplateMessages.Received> received() {
        return messages.received();
    }

    @PostMapping("/followers")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void follow(@RequestBody Follower follower) {
        messages.follow(follower.openid(), follower.follows());
    }

    /** Answers the next messages with these codes, whatever they are. */
    @PostMapping("/answers")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void answer(@RequestBody Answers answers) {
        messages.answer(answers.codes());
    }

    /** What WeChat tells of the next messages' arrival. */
    @PostMapping("/arrivals")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void arrive(@RequestBody Arrivals arrivals) {
        messages.arrive(arrivals.statuses());
    }

    @PostMapping("/token/end")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endToken() {
        tokens.end();
    }
}
