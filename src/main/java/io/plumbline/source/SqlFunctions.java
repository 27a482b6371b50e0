package io.plumbline.source;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Spark's functions that have no place in an expression over one row, by the reason. */
final class SqlFunctions {

    private static final Set<String> AGGREGATES = names("""
            any any_value approx_count_distinct approx_percentile approx_top_k approx_top_k_accumulate
            approx_top_k_combine array_agg avg bit_and bit_or bit_xor bool_and bool_or collect_list
            collect_set corr count count_if count_min_sketch covar_pop covar_samp every first first_value
            grouping grouping_id histogram_numeric kurtosis last last_value listagg max max_by mean median
            measure min min_by mode percentile percentile_approx percentile_cont percentile_disc regr_avgx regr_avgy
            regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy skewness some std stddev
            stddev_pop stddev_samp string_agg sum try_avg try_sum var_pop var_samp variance""");

    private static final Set<String> WINDOW = names("""
            cume_dist dense_rank lag lead nth_value ntile percent_rank rank row_number session_window window
            window_time""");

    private static final Set<String> GENERATORS = names("""
            explode explode_outer inline inline_outer json_tuple posexplode posexplode_outer stack""");

    private static final Set<String> VARYING = names("""
            curdate current_catalog current_database current_date current_schema current_time
            current_timestamp current_user input_file_block_length input_file_block_start input_file_name
            java_method localtimestamp monotonically_increasing_id now rand randn random randstr reflect
            session_user shuffle spark_partition_id try_reflect uniform user uuid""");

    /** Functions that say the current time only when they are called without arguments. */
    private static final Set<String> VARYING_WITHOUT_ARGUMENTS = Set.of("unix_timestamp");

    private SqlFunctions() {}

    private static Set<String> names(String words) {
        return Set.of(words.split("\\s+"));
    }

    /** Why a function cannot be used, as the rest of a sentence that begins with its call; empty when it can. */
    static Optional<String> complaint(String function, int arguments) {
        String name = function.toLowerCase(Locale.ROOT);
        if (isAggregate(name)) {
            return Optional.of("is an aggregate; the metric's type adds rows up, the expression sees one row");
        }
        if (WINDOW.contains(name)) {
            return Optional.of("is a window function; the expression sees one row");
        }
        if (GENERATORS.contains(name)) {
            return Optional.of("makes several rows of one; do that in the `sql` of the source");
        }
        boolean varies = VARYING.contains(name) || (arguments == 0 && VARYING_WITHOUT_ARGUMENTS.contains(name));
        return varies
                ? Optional.of("differs from run to run; results must come out the same when a day is run again")
                : Optional.empty();
    }

    /** Sketches of later versions end in {@code _agg}, possibly with a type behind. */
    static boolean isAggregate(String name) {
        return AGGREGATES.contains(name) || name.matches(".*_agg(_.*)?");
    }
}
