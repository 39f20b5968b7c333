package io.ferrypay.problem;

/**
 * What is wrong with one field.
 *
 * @param pointer JSON pointer into the request body ({@code /amount}), or the name of a query
 *     parameter
 * @param code stable, such as {@code required}, {@code wrong_type}, {@code too_long}, {@code
 *     unknown}
 * @param message for people; never repeats the value
 */
public record FieldProblem(String pointer, String code, String message) {}
