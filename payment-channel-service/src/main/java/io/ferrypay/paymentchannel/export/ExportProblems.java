package io.ferrypay.paymentchannel.export;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong with exports; the codes are permanent. */
public final class ExportProblems {

    public static final ProblemCode IN_PROGRESS =
            ProblemCode.temporary(
                    "export_in_progress", 409, "Another export of yours is being written");
    public static final ProblemCode NOT_READY =
            ProblemCode.temporary("export_not_ready", 409, "The file is not whole yet");
    public static final ProblemCode NO_FILE =
            ProblemCode.of("export_has_no_file", 410, "The export failed, or its file is gone");
    public static final ProblemCode ENDED =
            ProblemCode.of("export_ended", 409, "The export has ended in another way");

    private ExportProblems() {}
}
