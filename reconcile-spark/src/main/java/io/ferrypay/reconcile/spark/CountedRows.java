package io.ferrypay.reconcile.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what is written of a partition, and ends with a row of counts. So counts are kept or
 * lost with the rows they are of, however often a worker dies.
 */
final class CountedRows implements Iterator<String> {

    /**
     * The columns of counts before all others: pairs that fit, lines, records, those of the day
     * itself, and how many of these are claimed. Null in all rows but the last.
     */
    static final int COUNTS = 5;

    private static final String NULL = "\\N";

    private static final String NOTHING_COUNTED = (NULL + "\t").repeat(COUNTS);

    private final int columns;
    private final Iterator<Row> rows;
    private @Nullable String next;
    private boolean ended;
    private long fit;
    private long lines;
    private long records;
    private long home;
    private long claimed;

    /**
     * @param rows what is written, or null; then five times whether it counts
     * @param columns how many what is written has
     */
    CountedRows(Iterator<Row> rows, int columns) {
        this.columns = columns;
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        while (next == null && rows.hasNext()) {
            var row = rows.next();
            fit += one(row, 1);
            lines += one(row, 2);
            records += one(row, 3);
            home += one(row, 4);
            claimed += one(row, 5);
            next = row.isNullAt(0) ? null : NOTHING_COUNTED + row.getString(0);
        }
        if (next == null && !ended) {
            ended = true;
            next =
                    "%d\t%d\t%d\t%d\t%d".formatted(fit, lines, records, home, claimed)
                            + ("\t" + NULL).repeat(columns);
        }
        return next != null;
    }

    @Override
    public String next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        var row = next;
        next = null;
        return row;
    }

    private static int one(Row row, int column) {
        return row.getBoolean(column) ? 1 : 0;
    }
}
