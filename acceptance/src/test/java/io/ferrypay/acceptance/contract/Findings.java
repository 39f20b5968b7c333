package io.ferrypay.acceptance.contract;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What this run has found: which company showed which behaviour, and which one has no use for it.
 */
final class Findings implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

    private static final Map<Cell, Finding> FOUND = new ConcurrentHashMap<>();
    private static final ThreadLocal<String> LACKING = new ThreadLocal<>();

    record Cell(String behaviour, String company) {}

    /**
     * @param lacking why the company's protocol has no such thing; null when it showed the
     *     behaviour
     */
    record Finding(String lacking) {}

    /** The test that is running has shown that the company has no such thing. */
    static void lacking(String why) {
        LACKING.set(why);
    }

    static void shown(String behaviour, String company) {
        FOUND.put(new Cell(behaviour, company), new Finding(null));
    }

    static Optional<Finding> of(String behaviour, String company) {
        return Optional.ofNullable(FOUND.get(new Cell(behaviour, company)));
    }

    @Override
    public void beforeTestExecution(ExtensionContext test) {
        LACKING.remove();
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isEmpty()) {
            var contract = (ChannelContract) test.getRequiredTestInstance();
            FOUND.put(
                    new Cell(test.getRequiredTestMethod().getName(), contract.company.title()),
                    new Finding(LACKING.get()));
        }
        LACKING.remove();
    }
}
