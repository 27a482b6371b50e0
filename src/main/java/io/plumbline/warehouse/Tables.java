package io.plumbline.warehouse;

import io.plumbline.unitday.Numbers;
import java.util.List;
import java.util.stream.Stream;

/**
 * The output tables with their columns: the public contract. {@code ds} is the local day and, but for exposures, the
 * partition column.
 */
public final class Tables {

    /** Version of the columns below, kept as the property {@code plumbline.schema.version} of every table. */
    public static final int SCHEMA_VERSION = 1;

    /** What the names of all tables of unit-days begin with. */
    public static final String UNIT_DAYS = "unit_day__";

    private static final List<String> BY_DAY = List.of("ds");

    /** One row per experiment and unit: the first exposure. A state of all days so far, so it has no {@code ds}. */
    public static final Table EXPOSURES = new Table(
            "exposures",
            "experiment STRING, unit_id STRING, group_name STRING, first_exposure_at TIMESTAMP, "
                    + "first_exposure_date DATE, crossover BOOLEAN, crossover_at TIMESTAMP, "
                    + "properties MAP<STRING, STRING>",
            List.of("experiment"));

    /**
     * One row per metric, day and breakdown value: the value over all units. Of a funnel, {@code numerator} are the units that
     * started on the day and converted within its window, {@code denominator} those that started: later days change it.
     */
    public static final Table METRIC_DAILY = new Table(
            "metric_daily",
            "ds DATE, metric STRING, metric_hash STRING, dimension STRING, dimension_value STRING, value DOUBLE, "
                    + "numerator DOUBLE, denominator DOUBLE, units BIGINT, row_count BIGINT, run_id STRING",
            BY_DAY);

    /**
     * One row per experiment, metric, step, group, breakdown value and view, as of {@code ds}. A funnel of n steps has a null
     * step for the whole, steps 1 to n with their names, and as step n + 1, named {@code seconds_to_convert}, the average
     * time from start to completion: {@code total} seconds, {@code denominator} completions.
     *
     * <p>Where {@code cuped_applied}, {@code mean}, {@code variance}, {@code std_error} and all comparisons are adjusted by
     * covariates from before exposure; {@code unadjusted_mean} and {@code control_mean}, by which relative effects are divided,
     * never are. It is false where the covariates have too little data or reduce nothing, and null in rows that have none: in
     * views but the cumulative one, and of percentiles, retention and funnels. {@code variance_reduction} is the share of the
     * groups' variances that the adjustment takes away or, not applied, would take away.
     */
    public static final Table EXPERIMENT_RESULTS = new Table(
            "experiment_results",
            "ds DATE, experiment STRING, metric STRING, metric_hash STRING, role STRING, view STRING, day_index INT, "
                    + "step INT, step_name STRING, dimension STRING, dimension_value STRING, group_name STRING, "
                    + "is_control BOOLEAN, units BIGINT, total DOUBLE, denominator DOUBLE, mean DOUBLE, "
                    + "variance DOUBLE, std_error DOUBLE, winsor_lower DOUBLE, winsor_upper DOUBLE, "
                    + "winsorized_units BIGINT, control_mean DOUBLE, abs_effect DOUBLE, abs_ci_low DOUBLE, "
                    + "abs_ci_high DOUBLE, rel_effect DOUBLE, rel_ci_low DOUBLE, rel_ci_high DOUBLE, p_value DOUBLE, "
                    + "adjusted_p_value DOUBLE, sequential_ci_low DOUBLE, sequential_ci_high DOUBLE, "
                    + "sequential_p_value DOUBLE, alpha DOUBLE, significant BOOLEAN, cuped_applied BOOLEAN, "
                    + "variance_reduction DOUBLE, unadjusted_mean DOUBLE, chance_to_beat DOUBLE, "
                    + "expected_loss DOUBLE, topline_impact DOUBLE, mde DOUBLE, reason STRING, run_id STRING",
            BY_DAY);

    /** One row per experiment and check, as of {@code ds}. */
    public static final Table EXPERIMENT_HEALTH = new Table(
            "experiment_health",
            "ds DATE, experiment STRING, check_name STRING, group_name STRING, value DOUBLE, p_value DOUBLE, "
                    + "status STRING, detail STRING, run_id STRING",
            BY_DAY);

    /** One row per experiment and group: analysed units that were first exposed on {@code ds}, and until then. */
    public static final Table EXPERIMENT_EXPOSURES_DAILY = new Table(
            "experiment_exposures_daily",
            "ds DATE, experiment STRING, group_name STRING, new_units BIGINT, cumulative_units BIGINT, run_id STRING",
            BY_DAY);

    /**
     * One row per source and day: what was read, to find late data and changed definitions. {@code run_id} is the run that read
     * rows of the day last.
     */
    public static final Table LOADS = new Table(
            "loads",
            "ds DATE, kind STRING, source STRING, fingerprint STRING, row_count BIGINT, definitions STRING, run_id STRING",
            BY_DAY);

    /**
     * One row per run and as-of day, written last; {@code ds} is the as-of day. {@code definitions} holds the hash of every
     * definition that the run has computed, as {@code metric:revenue@0123456789ab}, and without a hash those that it was to
     * compute and could not; in the row of its last day.
     */
    public static final Table RUNS = new Table(
            "runs",
            "ds DATE, run_id STRING, command STRING, status STRING, started_at TIMESTAMP, ended_at TIMESTAMP, "
                    + "as_of DATE, error STRING, versions STRING, input_versions STRING, rows_read BIGINT, "
                    + "rows_written BIGINT, definitions_hash STRING, definitions STRING",
            BY_DAY);

    /**
     * One row per step of a run. {@code rows_read}, {@code files_read} and {@code file_bytes} are Spark's own measure of the
     * step's scans of sources, every scan of every try added up; 0 for steps that read no source, null where Spark does not
     * tell (Spark Connect). {@code rows_read} are the rows that came out of the scans: all rows of the files of the days
     * read, but for those that the format itself leaves out by the filters that it is handed: Delta and Parquet whole files
     * and row groups by their statistics, CSV and JSON single rows. {@code file_bytes} is the size of the files, of which
     * only the columns in use are read.
     */
    public static final Table RUN_STEPS = new Table(
            "run_steps",
            "ds DATE, run_id STRING, step INT, name STRING, subject STRING, status STRING, detail STRING, "
                    + "rows_read BIGINT, wall_seconds DOUBLE, files_read BIGINT, file_bytes BIGINT",
            BY_DAY);

    /**
     * One row per source, pair of ids and day: which exposed id ({@code unit_id}) and which id of events were on the same
     * row of an assignment source. {@code source} has the kind before the name. Created by the first run that resolves ids
     * by one, and the engine's own. The pairs of metric sources are states of their unit-days.
     */
    public static final Table ID_PAIRS = new Table(
            "id_pairs",
            "ds DATE, source STRING, unit_type STRING, event_unit_type STRING, unit_id STRING, event_unit_id STRING",
            BY_DAY);

    /**
     * Unit-days of all days until {@code last_day}, merged as far as no window of an experiment tells them apart, for one unit
     * type; see {@code io.plumbline.unittotal.UnitTotals}. A row without unit says what they are made of and, in {@code as_of},
     * to which day exposures were known. Created by the first run that has days old enough, and the engine's own.
     */
    public static final Table UNIT_TOTALS = new Table(
            "unit_totals",
            "unit_type STRING, unit_id STRING, ds DATE, part_start TIMESTAMP, dimension STRING, dimension_value STRING, "
                    + "numbers " + Numbers.TYPE + ", last_day DATE, as_of DATE, made_of ARRAY<STRING>",
            List.of("unit_type"));

    /** The tables with fixed columns that not all projects have. */
    public static final List<Table> SOME = List.of(ID_PAIRS, UNIT_TOTALS);

    /** Every table with fixed columns that all projects have. */
    public static final List<Table> ALL = List.of(
            EXPOSURES,
            METRIC_DAILY,
            EXPERIMENT_RESULTS,
            EXPERIMENT_HEALTH,
            EXPERIMENT_EXPOSURES_DAILY,
            LOADS,
            RUNS,
            RUN_STEPS);

    private Tables() {}

    /** Whether a name is that of an output table or of one of the engine's own. */
    public static boolean isTable(String name) {
        return name.startsWith(UNIT_DAYS)
                || Stream.concat(ALL.stream(), SOME.stream())
                        .anyMatch(table -> table.name().equals(name));
    }

    /**
     * The unit-days of a source for one unit type. The engine's own; columns of states that are no numbers come with the
     * components.
     *
     * @param states these columns as SQL DDL
     */
    public static Table unitDays(String source, String unitType, String states) {
        return new Table(
                UNIT_DAYS + source + "__" + unitType,
                "ds DATE, layer STRING, unit_id STRING, leaf STRING, part_start TIMESTAMP, dimension STRING, "
                        + "dimension_value STRING, row_count BIGINT, non_finite_values BIGINT, "
                        + "numbers " + Numbers.TYPE
                        + (states.isEmpty() ? "" : ", " + states),
                List.of("ds", "layer"));
    }
}
