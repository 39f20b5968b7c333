package io.ferrypay.merchant.onboarding;

import java.util.List;

/** Knows whom one must not do business with. No database transaction is open meanwhile. */
interface ScreeningList {

    Answer ask(List<Subject> subjects);

    /** What a list can say. */
    sealed interface Answer {

        /**
         * @param listSha256 which list it was, so that one can tell later what was known
         */
        record Answered(String listSha256, List<Hit> hits) implements Answer {}

        /** There is no list: somebody else has to look, too. */
        record NotConfigured() implements Answer {}

        /** There is one, and it could not be read: not an all-clear. */
        record Failed(String why) implements Answer {}
    }
}
