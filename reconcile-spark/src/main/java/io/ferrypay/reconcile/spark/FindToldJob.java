package io.ferrypay.reconcile.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.SparkSession;

/** Which of some records the statement of their own day told already. */
final class FindToldJob {

    private final SparkSession spark;
    private final Order order;

    FindToldJob(SparkSession spark, Order order) {
        this.spark = spark;
        this.order = order;
    }

    void run() {
        var lines =
                TextTable.BILL
                        .read(spark, order.text("bill"))
                        .filter(col("status").equalTo("done"))
                        .select(
                                col("kind"),
                                coalesce(col("refund_number"), col("order_number")).as("subject"),
                                col("channel_reference"));
        var wanted =
                broadcast(
                        new TextTable("id", "kind", "subject", "channel_reference")
                                .read(spark, order.text("wanted")));
        var byNumber =
                wanted.as("w")
                        .join(
                                lines.as("l"),
                                expr("w.kind = l.kind and w.subject = l.subject"),
                                "inner");
        var byReference =
                wanted.as("w")
                        .join(
                                lines.as("l"),
                                expr(
                                        "w.kind = 'payment' and l.kind = 'payment'"
                                                + " and w.channel_reference = l.channel_reference"),
                                "inner");
        byNumber.select("w.id")
                .union(byReference.select("w.id"))
                .distinct()
                .write()
                .text(order.text("out") + "/told");
    }
}
