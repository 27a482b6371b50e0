package io.plumbline.cli;

/** How rows are printed. */
enum Output {
    /** For people: aligned columns. */
    TABLE,
    /** For spreadsheets: a header and quoted cells, as RFC 4180 says. */
    CSV,
    /** For programs: an array of objects, one per line. */
    JSON
}
