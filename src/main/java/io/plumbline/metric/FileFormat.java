package io.plumbline.metric;

import java.util.Locale;

/** File formats that a path source may have. */
public enum FileFormat {
    DELTA,
    PARQUET,
    CSV,
    JSON;

    /** The name that Spark's reader takes. */
    public String sparkName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
