package io.ferrypay.merchant.document;

import io.ferrypay.problem.ProblemCode;

/** Why a file is not taken. Nothing of it is kept then. */
final class DocumentProblems {

    static final ProblemCode EMPTY = ProblemCode.of("document_empty", 422, "The file is empty");
    static final ProblemCode TYPE_NOT_ALLOWED =
            ProblemCode.of(
                    "document_type_not_allowed", 422, "Only PDF, JPEG and PNG files are taken");
    static final ProblemCode DAMAGED =
            ProblemCode.of("document_damaged", 422, "The file is broken or not complete");
    static final ProblemCode IS_TWO_FILES =
            ProblemCode.of("document_is_two_files", 422, "Another file is hidden in this file");
    static final ProblemCode TOO_MANY_PIXELS =
            ProblemCode.of("document_too_many_pixels", 422, "The picture is too large");
    static final ProblemCode INFECTED =
            ProblemCode.of("document_infected", 422, "The virus scanner refused the file");
    static final ProblemCode EXISTS =
            ProblemCode.of("document_exists", 409, "This file was uploaded as something else");
    static final ProblemCode TOO_MANY =
            ProblemCode.of("too_many_documents", 409, "There are too many files already");
    static final ProblemCode SCAN_UNAVAILABLE =
            ProblemCode.temporary(
                    "virus_scan_unavailable", 503, "The virus scanner does not answer");

    private DocumentProblems() {}
}
