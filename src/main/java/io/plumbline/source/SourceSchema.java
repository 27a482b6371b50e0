package io.plumbline.source;

/** The columns that every read of a source adds to the source's own. */
public final class SourceSchema {

    /** When the row happened: TIMESTAMP; local midnight where the source knows only the day. */
    public static final String AT = "plumbline__at";

    /** The local day of the row in the project's zone: DATE. */
    public static final String DAY = "plumbline__day";

    private SourceSchema() {}
}
