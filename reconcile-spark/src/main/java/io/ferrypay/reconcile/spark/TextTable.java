package io.ferrypay.reconcile.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Lines of PostgreSQL's text format for COPY. Values stay as they are written, escapes included:
 * what is written alike is alike, and what is passed on needs no second escaping.
 */
final class TextTable {

    /** The standard bill, as reconcile-service writes it. */
    static final TextTable BILL =
            new TextTable(
                    "day",
                    "account_id",
                    "line_number",
                    "kind",
                    "status",
                    "order_number",
                    "channel_reference",
                    "refund_number",
                    "refund_reference",
                    "channel_merchant",
                    "amount_minor",
                    "currency",
                    "yuan_minor",
                    "settled_minor",
                    "settled_currency",
                    "fee",
                    "rate",
                    "happened_at",
                    "settled_at");

    /** Our own records, as payment-channel-service tells them. */
    static final TextTable RECORDS =
            new TextTable(
                    "kind",
                    "status",
                    "order_number",
                    "channel_reference",
                    "refund_number",
                    "refund_reference",
                    "channel_merchant",
                    "amount_minor",
                    "currency",
                    "yuan_minor",
                    "rate",
                    "happened_at",
                    "merchant_id",
                    "owner_id");

    private static final String NULL = "\\N";

    private final List<String> columns;

    TextTable(String... columns) {
        this.columns = List.of(columns);
    }

    /**
     * All columns as text, absent ones null. A line with another number of columns is left out,
     * which whoever knows how many lines there are will see: the last one of our records is no
     * record, and says how many there are.
     */
    Dataset<Row> read(SparkSession spark, String place) {
        return lines(spark, place)
                .select(split(col("value"), "\t", -1).as("cut"))
                .filter(size(col("cut")).equalTo(columns.size()))
                .select(
                        IntStream.range(0, columns.size())
                                .mapToObj(i ->
                                        // Not getItem: that may be asked before the filter.
                                        nullif(get(col("cut"), lit(i)), lit(NULL))
                                                .as(columns.get(i)))
                                .toArray(Column[]::new));
    }

    /** A table without lines. */
    Dataset<Row> none(SparkSession spark) {
        return spark.range(0)
                .select(
                        columns.stream()
                                .map(name -> lit(null).cast("string").as(name))
                                .toArray(Column[]::new));
    }

    static Dataset<Row> lines(SparkSession spark, String place) {
        return spark.read().option("lineSep", "\n").text(place);
    }

    static Column write(Column... values) {
        return concat_ws(
                "\t",
                Arrays.stream(values)
                        .map(value -> functions.coalesce(value.cast("string"), lit(NULL)))
                        .toArray(Column[]::new));
    }
}
