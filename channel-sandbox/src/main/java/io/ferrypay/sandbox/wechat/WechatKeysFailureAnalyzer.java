package io.ferrypay.sandbox.wechat;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines why the sandbox does not start and what to do about it. */
class WechatKeysFailureAnalyzer extends AbstractFailureAnalyzer<WechatKeysUnusable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WechatKeysUnusable cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Fill a folder with --generate-wechat-keys=<folder> and name it in"
                        + " FERRY_SANDBOX_WECHAT_DIRECTORY.",
                cause);
    }
}
