package io.plumbline.benchmark;

/**
 * What a contender says of one metric, group and experiment.
 *
 * @param experiment its name
 * @param metric its name
 * @param group its name
 * @param units analysed
 * @param total sum over them
 * @param squares sum of the squares of their values
 */
record Answer(String experiment, String metric, String group, long units, double total, double squares) {

    String key() {
        return experiment + " " + metric + " " + group;
    }

    /** Whether both say the same, but for rounding. */
    boolean agrees(Answer other) {
        return units == other.units && isClose(total, other.total, 1e-9) && isClose(squares, other.squares, 1e-6);
    }

    private static boolean isClose(double a, double b, double relative) {
        return Math.abs(a - b) <= relative * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }
}
