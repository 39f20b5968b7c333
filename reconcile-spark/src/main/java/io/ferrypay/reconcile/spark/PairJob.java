package io.ferrypay.reconcile.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Every line of a day beside the record of its number. What fits is counted; all the rest is
 * written out, line and record in one row.
 */
final class PairJob {

    private static final List<String> LINE =
            List.of(
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
                    "happened_at");

    private static final List<String> RECORD =
            List.of(
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

    /** Mask, number, line and record. */
    private static final int WRITTEN = 2 + LINE.size() + RECORD.size();

    /** Where the kind and the channel's number of a written record are. */
    private static final int WRITTEN_KIND = CountedRows.COUNTS + 2 + LINE.size();

    private static final int WRITTEN_REFERENCE = WRITTEN_KIND + 3;

    private final SparkSession spark;
    private final Order order;

    PairJob(SparkSession spark, Order order) {
        this.spark = spark;
        this.order = order;
    }

    void run() {
        var records = records();
        var pairs = order.text("out") + "/pairs";
        paired(bill(), records).write().text(pairs);
        twins(records, pairs).write().text(order.text("out") + "/twins");
    }

    /** Types are those of the columns that PostgreSQL would have them in. */
    private Dataset<Row> bill() {
        var lines =
                order.optional("bill")
                        .map(place -> TextTable.BILL.read(spark, place))
                        .orElseGet(() -> TextTable.BILL.none(spark));
        var typed =
                lines.select(
                        col("line_number").cast("bigint").as("line_number"),
                        col("kind"),
                        col("status"),
                        col("order_number"),
                        col("channel_reference"),
                        col("refund_number"),
                        col("refund_reference"),
                        col("channel_merchant"),
                        col("amount_minor").cast("bigint").as("amount_minor"),
                        col("currency"),
                        col("yuan_minor").cast("bigint").as("yuan_minor"),
                        col("settled_minor").cast("bigint").as("settled_minor"),
                        col("settled_currency"),
                        col("fee").cast("decimal(24, 8)").as("fee"),
                        col("rate").cast("decimal(24, 12)").as("rate"),
                        col("happened_at"),
                        coalesce(col("refund_number"), col("order_number")).as("subject"),
                        col("status").equalTo("done").as("done"));
        return typed.withColumn(
                "number",
                row_number()
                        .over(
                                Window.partitionBy("kind", "subject", "done")
                                        .orderBy("line_number")));
    }

    private Dataset<Row> records() {
        var happened = col("happened_at").cast("timestamp");
        var typed =
                TextTable.RECORDS
                        .read(spark, order.text("records"))
                        .withColumn("amount_minor", col("amount_minor").cast("bigint"))
                        .withColumn("yuan_minor", col("yuan_minor").cast("bigint"))
                        .withColumn("rate", col("rate").cast("decimal(20, 10)"))
                        .withColumn("subject", coalesce(col("refund_number"), col("order_number")))
                        .withColumn(
                                "home",
                                happened.geq(lit(order.text("from")).cast("timestamp"))
                                        .and(
                                                happened.lt(
                                                        lit(order.text("until"))
                                                                .cast("timestamp"))));
        return order.optional("claimed")
                .map(place ->
                        typed.join(
                                broadcast(
                                        new TextTable("kind", "subject")
                                                .read(spark, place)
                                                .distinct()
                                                .withColumn("claim", lit(true))),
                                new String[] {"kind", "subject"},
                                "left_outer"))
                .orElseGet(() -> typed.withColumn("claim", lit(null).cast("boolean")))
                .withColumn("claimed", coalesce(col("claim"), lit(false)))
                .drop("claim");
    }

    private Dataset<String> paired(Dataset<Row> bill, Dataset<Row> records) {
        var mask =
                when(not(col("l.done")), bit("quiet"))
                        .when(col("l.number").gt(1), bit("repeated"))
                        .when(col("r.kind").isNull(), bit("line-only"))
                        .when(col("l.kind").isNull(), bit("record-only"))
                        .otherwise(
                                expr(order.text("mask"))
                                        .bitwiseOR(
                                                when(col("r.home"), lit(0))
                                                        .otherwise(bit("edge"))));
        // Of another day, and nothing of this one goes with it; or told by another day's statement.
        var needless =
                col("l.kind")
                        .isNull()
                        .and(coalesce(not(col("r.home")), lit(true)).or(col("r.claimed")));
        var number = when(col("l.done").and(col("l.number").gt(1)), col("l.number"));
        var written =
                TextTable.write(
                        Stream.of(
                                        Stream.of(col("mask"), number),
                                        LINE.stream().map(name -> col("l." + name)),
                                        RECORD.stream().map(name -> col("r." + name)))
                                .flatMap(columns -> columns)
                                .toArray(Column[]::new));
        return bill.as("l")
                .join(
                        records.as("r"),
                        expr(
                                "l.kind = r.kind and l.subject = r.subject and l.done and l.number = 1"
                                        + " and not r.claimed"),
                        "full_outer")
                .withColumn("mask", mask)
                .select(
                        when(not(needless).and(col("mask").notEqual(0)), written),
                        col("mask").equalTo(0),
                        col("l.kind").isNotNull(),
                        col("r.kind").isNotNull(),
                        coalesce(col("r.home"), lit(false)),
                        coalesce(col("r.claimed").and(col("r.home")), lit(false)))
                .mapPartitions(
                        (MapPartitionsFunction<Row, String>) rows -> new CountedRows(rows, WRITTEN),
                        Encoders.STRING());
    }

    private Column bit(String name) {
        return lit(Math.toIntExact(order.number("bit." + name)));
    }

    /** The channel's numbers of written payments that more than one order of the day has. */
    private Dataset<Row> twins(Dataset<Row> records, String pairs) {
        var cut =
                TextTable.lines(spark, pairs)
                        .select(
                                expr("split(value, '\t', -1)[" + WRITTEN_KIND + "]").as("kind"),
                                expr("split(value, '\t', -1)[" + WRITTEN_REFERENCE + "]")
                                        .as("channel_reference"));
        var written =
                cut.filter(
                                col("kind")
                                        .equalTo("payment")
                                        .and(col("channel_reference").notEqual("\\N")))
                        .select("channel_reference")
                        .distinct();
        return records.filter(col("kind").equalTo("payment"))
                .join(written, new String[] {"channel_reference"}, "left_semi")
                .groupBy("channel_reference")
                .agg(min("order_number").as("least"), max("order_number").as("most"))
                .filter(col("least").notEqual(col("most")))
                .select("channel_reference");
    }
}
