package io.ferrypay.reconcile.compare;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The job in Spark's local mode, inside the test's JVM so that Spark starts once. What it needs is
 * where {@code reconcile-spark} was built, and apart from what the service needs.
 */
final class LocalSpark implements SparkJob {

    static final Path BUILT = Path.of("../reconcile-spark/target").toAbsolutePath().normalize();

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "spark.master", "local[2]",
                    // Tomcat sets one, too, and a virtual machine takes only one.
                    "spark.sql.defaultUrlStreamHandlerFactory.enabled", "false",
                    "spark.ui.enabled", "false",
                    "spark.sql.shuffle.partitions", "2",
                    // A compiler and a planner that pay for more lines than these.
                    "spark.sql.codegen.factoryMode", "NO_CODEGEN",
                    "spark.sql.adaptive.enabled", "false",
                    "spark.log.level", "ERROR",
                    "spark.driver.host", "127.0.0.1",
                    "spark.driver.bindAddress", "127.0.0.1",
                    "spark.sql.codegen.wholeStage", "false");

    private final ClassLoader loader;

    LocalSpark() {
        SETTINGS.forEach(System::setProperty);
        loader =
                new URLClassLoader(
                        "spark",
                        classPath().stream().map(LocalSpark::url).toArray(URL[]::new),
                        ClassLoader.getPlatformClassLoader());
    }

    /** The job and Spark, as a plain {@code java} needs them. */
    static List<Path> classPath() {
        var places = new ArrayList<Path>();
        places.add(BUILT.resolve("classes"));
        try (var jars = Files.list(BUILT.resolve("spark"))) {
            jars.sorted().forEach(places::add);
        } catch (IOException e) {
            throw new IllegalStateException("reconcile-spark is not built", e);
        }
        return places;
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run(Path order, Path log) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            loader.loadClass("io.ferrypay.reconcile.spark.ReconcileJob")
                    .getMethod("run", Path.class)
                    .invoke(null, order);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("A job of Spark failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Ends Spark, and with it the files and threads it has. */
    void stop() {
        try {
            var session = loader.loadClass("org.apache.spark.sql.SparkSession");
            var active = session.getMethod("active").invoke(null);
            session.getMethod("stop").invoke(active);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        SETTINGS.keySet().forEach(System::clearProperty);
    }
}
