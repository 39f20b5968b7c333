package io.ferrypay.reconcile.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What {@code spark-submit} or a plain {@code java} is given: one large step of a comparison, as
 * the order in the file says that its only argument names. Ends when its standard input does, which
 * is when whoever gave the order is gone.
 */
public final class ReconcileJob {

    private static final int NOBODY_WAITS = 3;

    private ReconcileJob() {}

    public static void main(String[] arguments) throws IOException {
        endWithStandardInput();
        try {
            run(Path.of(arguments[0]));
        } finally {
            session().stop();
        }
    }

    /** The same in a JVM that goes on, with a session that is there or is left there. */
    public static void run(Path file) throws IOException {
        var order = new Order(file);
        var spark = session();
        spark.conf().set("spark.sql.ansi.enabled", "true");
        spark.conf().set("spark.sql.session.timeZone", "UTC");
        // Rather a failure than an amount that was rounded to fit.
        spark.conf().set("spark.sql.decimalOperations.allowPrecisionLoss", "false");
        var step = order.text("step");
        switch (step) {
            case "pair" -> new PairJob(spark, order).run();
            case "find-told" -> new FindToldJob(spark, order).run();
            default -> throw new IllegalArgumentException("no step: " + step);
        }
    }

    private static SparkSession session() {
        return SparkSession.builder().appName("ferrypay-reconcile").getOrCreate();
    }

    private static void endWithStandardInput() {
        var watch =
                new Thread(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    // Nothing is ever said.
                                }
                            } catch (IOException e) {
                                // As good as its end.
                            }
                            Runtime.getRuntime().halt(NOBODY_WAITS);
                        },
                        "whoever gave the order");
        watch.setDaemon(true);
        watch.start();
    }
}
