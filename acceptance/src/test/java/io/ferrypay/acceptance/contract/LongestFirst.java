package io.ferrypay.acceptance.contract;

import java.util.Comparator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/** Begins with the tests that have to wait for a minute, so that the others wait beside them. */
final class LongestFirst implements MethodOrderer {

    @Override
    public void orderMethods(MethodOrdererContext context) {
        context.getMethodDescriptors()
                .sort(
                        Comparator.comparing((MethodDescriptor method) ->
                                !method.isAnnotated(TakesAMinute.class)));
    }
}
