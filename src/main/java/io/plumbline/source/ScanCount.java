package io.plumbline.source;

/**
 * What scans of sources produced, as Spark measured it.
 *
 * @param rows that came out of the scans: all rows of the files, but for those that the files' format itself left out by the
 *     filters it was handed, Delta whole files and Parquet whole row groups by their statistics, CSV and JSON single rows
 * @param files that were opened
 * @param fileBytes size of these files; a scan reads less of them where it needs few of their columns
 */
public record ScanCount(long rows, long files, long fileBytes) {

    /** Nothing was scanned. */
    public static final ScanCount NONE = new ScanCount(0, 0, 0);

    /** Both together. */
    public ScanCount plus(ScanCount other) {
        return new ScanCount(rows + other.rows, files + other.files, fileBytes + other.fileBytes);
    }
}
