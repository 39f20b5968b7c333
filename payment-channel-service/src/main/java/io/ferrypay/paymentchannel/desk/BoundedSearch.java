package io.ferrypay.paymentchannel.desk;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goes through a table from the newest id down and picks what fits. However rare that is, an answer
 * looks at a bounded number of rows and says where to go on.
 */
final class BoundedSearch<T> {

    static final int ROWS_AT_ONCE = 5_000;
    static final int MOST_ROUNDS = 4;

    private final JdbcClient jdbc;
    private final String table;
    private final String select;
    private final RowMapper<T> rows;

    /**
     * @param table with an {@code id} that grows with time, and columns {@code merchant_id}, {@code
     *     livemode}, {@code status}, {@code amount_minor}, {@code currency} and {@code created_at}
     * @param select from that table as {@code t}, up to before {@code where}
     */
    BoundedSearch(JdbcClient jdbc, String table, String select, RowMapper<T> rows) {
        this.jdbc = jdbc;
        this.table = table;
        this.select = select;
        this.rows = rows;
    }

    /**
     * @param firstId the smallest that is looked at
     * @param lastId smaller ones only
     */
    SearchedPage<T> page(
            Search search,
            String firstId,
            String lastId,
            java.util.function.Function<T, String> id) {
        var found = new ArrayList<T>();
        var before = lastId;
        for (var round = 0; round < MOST_ROUNDS; round++) {
            var floor = floor(search, firstId, before);
            found.addAll(matching(search, floor == null ? firstId : floor, before, found.size()));
            if (found.size() > search.limit()) {
                var shown = List.copyOf(found.subList(0, search.limit()));
                return new SearchedPage<>(shown, id.apply(shown.getLast()));
            }
            if (floor == null) {
                return new SearchedPage<>(List.copyOf(found), null);
            }
            before = floor;
        }
        return new SearchedPage<>(List.copyOf(found), before);
    }

    /** The id of the last row of this round; null if there are fewer. */
    private @Nullable String floor(Search search, String firstId, String before) {
        var ofMerchant =
                search.merchantId() == null
                        ? ""
                        : "merchant_id = :merchant and livemode = :livemode and ";
        return jdbc.sql(
                        "select id from "
                                + table
                                + " where "
                                + ofMerchant
                                + "id >= :first and id < :before order by id desc offset :rows limit 1")
                .param("merchant", search.merchantId())
                .param("livemode", search.livemode())
                .param("first", firstId)
                .param("before", before)
                .param("rows", ROWS_AT_ONCE - 1)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private List<T> matching(Search search, String first, String before, int already) {
        return jdbc
                .sql(
                        select
                                + """
                                 where t.id >= :first and t.id < :before and t.livemode = :livemode
                                   and (:merchant::text is null or t.merchant_id = :merchant)
                                   and (:status::text is null or t.status = :status)
                                   and (:currency::text is null or t.currency = :currency)
                                   and t.amount_minor between :least and :most
                                   and t.created_at >= :from and t.created_at < :until
                                 order by t.id desc limit :limit
                                """)
                .param("first", first)
                .param("before", before)
                .param("livemode", search.livemode())
                .param("merchant", search.merchantId())
                .param("status", search.status())
                .param("currency", search.currency())
                .param("least", search.leastMinor())
                .param("most", search.mostMinor())
                .param("from", Timestamp.from(search.from()))
                .param("until", Timestamp.from(search.until()))
                .param("limit", search.limit() + 1 - already)
                .query(rows)
                .list()
                .stream()
                .map(Objects::requireNonNull)
                .toList();
    }
}
