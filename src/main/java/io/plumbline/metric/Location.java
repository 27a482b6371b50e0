package io.plumbline.metric;

import java.util.Map;
import java.util.Optional;

/** Where the rows of a source are. */
public sealed interface Location {

    /**
     * A table of a Spark catalog.
     *
     * @param name one to three parts, {@code catalog.schema.table}
     */
    record Table(String name) implements Location {}

    /**
     * Files under a path.
     *
     * @param path absolute, or a URI of any file system that Spark reads
     * @param format how the files are written
     * @param options reader options, as Spark names them
     * @param schema column definitions as SQL DDL; required for CSV and JSON, whose files do not carry one
     */
    record Files(String path, FileFormat format, Map<String, String> options, Optional<String> schema)
            implements Location {
        public Files {
            options = Map.copyOf(options);
        }
    }

    /**
     * A query. May hold the macros {@code {{ start_date }}}, {@code {{ end_date }}}, {@code {{ start_date_int }}} and
     * {@code {{ end_date_int }}}, both ends inclusive.
     *
     * @param text the SELECT statement
     */
    record Query(String text) implements Location {}
}
