package io.ferrypay.reconcile.convert;

import java.util.ArrayList;
import java.util.List;

/** The columns of one line, cut out only when asked for. */
final class Row {

    /** The widest known statement has 38. */
    private static final int MOST_COLUMNS = 256;

    private static final String BACKTICK_SEPARATOR = ",`";

    private final int[] starts = new int[MOST_COLUMNS];
    private final int[] ends = new int[MOST_COLUMNS];
    private String text = "";
    private int columns;

    int columns() {
        return columns;
    }

    /** Its value without surrounding blanks; empty where there is no such column. */
    String get(int column) {
        if (column < 0 || column >= columns) {
            return "";
        }
        int start = starts[column];
        int end = ends[column];
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        // Some writers keep spreadsheets from shortening numbers by ="…".
        if (end - start >= 3 && text.charAt(start) == '=' && text.charAt(start + 1) == '"') {
            start++;
        }
        if (end - start >= 2 && text.charAt(start) == '"' && text.charAt(end - 1) == '"') {
            return text.substring(start + 1, end - 1).replace("\"\"", "\"").strip();
        }
        return text.substring(start, end);
    }

    List<String> all() {
        var all = new ArrayList<String>(columns);
        for (int i = 0; i < columns; i++) {
            all.add(get(i));
        }
        return all;
    }

    /** Whether everything from that column on is empty. */
    boolean isEmptyFrom(int column) {
        for (int i = column; i < columns; i++) {
            if (!get(i).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Values stand after a backtick each, with commas between; a comma alone is part of a value.
     */
    void splitAtBackticks(String line) throws BadField {
        if (line.isEmpty() || line.charAt(0) != '`') {
            throw new BadField(BadLine.Reason.NO_RECORD, null);
        }
        begin(line);
        int from = 1;
        while (true) {
            int at = line.indexOf(BACKTICK_SEPARATOR, from);
            if (at < 0) {
                add(from, line.length());
                return;
            }
            add(from, at);
            from = at + BACKTICK_SEPARATOR.length();
        }
    }

    /**
     * @param quotes whether a separator between double quotes is part of a value
     */
    void split(String line, char separator, boolean quotes) throws BadField {
        begin(line);
        if (!quotes || line.indexOf('"') < 0) {
            int from = 0;
            for (int at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, from)) {
                add(from, at);
                from = at + 1;
            }
            add(from, line.length());
            return;
        }
        boolean inside = false;
        int from = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                inside = !inside;
            } else if (c == separator && !inside) {
                add(from, i);
                from = i + 1;
            }
        }
        if (inside) {
            throw new BadField(BadLine.Reason.OPEN_QUOTE, null);
        }
        add(from, line.length());
    }

    private void begin(String line) {
        text = line;
        columns = 0;
    }

    private void add(int start, int end) throws BadField {
        if (columns == MOST_COLUMNS) {
            throw new BadField(BadLine.Reason.COLUMN_COUNT, null);
        }
        starts[columns] = start;
        ends[columns] = end;
        columns++;
    }
}
