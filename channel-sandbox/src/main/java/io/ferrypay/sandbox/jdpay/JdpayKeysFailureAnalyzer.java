package io.ferrypay.sandbox.jdpay;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two lines why the sandbox does not start and what to do about it. */
class JdpayKeysFailureAnalyzer extends AbstractFailureAnalyzer<JdpayKeysUnusable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, JdpayKeysUnusable cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Fill a folder with --generate-jdpay-keys=<folder> and name it in"
                        + " FERRY_SANDBOX_JDPAY_DIRECTORY, or leave that out to do without JD Pay.",
                cause);
    }
}
