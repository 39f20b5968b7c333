package io.ferrypay.paymentchannel.export;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How files are written and kept.
 *
 * @param interval how long after there was nothing to write it is looked for again
 * @param patience how long the database may take to read or count the rows of one step
 * @param keptFor how long a file can be fetched
 * @param mostKept how many files of a merchant and mode are kept; the oldest goes first
 * @param mostRows how many rows a file may have
 * @param rowsAtOnce how many are read, and in memory, at a time
 */
@ConfigurationProperties("ferry.exports")
record ExportSettings(
        @DefaultValue("PT0.5S") Duration interval,
        @DefaultValue("20s") Duration patience,
        @DefaultValue("7d") Duration keptFor,
        @DefaultValue("10") int mostKept,
        @DefaultValue("200000") long mostRows,
        @DefaultValue("1000") int rowsAtOnce) {}
