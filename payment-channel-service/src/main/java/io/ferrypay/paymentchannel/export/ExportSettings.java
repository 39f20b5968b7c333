package io.ferrypay.paymentchannel.export;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param keptFor how long a file can be fetched
 * @param mostKept how many files of a merchant and mode are kept; the oldest goes first
 * @param mostRows how many rows a file may have
 * @param rowsAtOnce how many are read, and in memory, at a time
 */
@ConfigurationProperties("ferry.exports")
record ExportSettings(
        @DefaultValue("7d") Duration keptFor,
        @DefaultValue("10") int mostKept,
        @DefaultValue("200000") long mostRows,
        @DefaultValue("1000") int rowsAtOnce) {}
