package io.ferrypay.tradeadmin.ledger;

/**
 * Something that must hold of the books and that another capability knows how to check; each is a
 * bean.
 *
 * @param rule what must hold, as a stable name
 * @param count SQL that says how many things are looked at
 * @param violations SQL with a row, of one text, for each that breaks the rule
 */
public record BooksRule(String rule, String count, String violations) {}
