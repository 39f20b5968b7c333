package io.ferrypay.notify.wechatmessage;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about messages on WeChat. */
public final class WechatMessageProblems {

    public static final ProblemCode NOT_OFFERED =
            ProblemCode.of(
                    "wechat_messages_not_offered", 409, "Messages on WeChat are not set up here");
    public static final ProblemCode TOO_MANY_BINDINGS =
            ProblemCode.of("too_many_bindings", 409, "There are as many bindings as allowed");
    public static final ProblemCode BINDING_ENDED =
            ProblemCode.of("binding_ended", 409, "This binding has ended; make another");

    private WechatMessageProblems() {}
}
