package io.plumbline.plan;

import io.plumbline.statistics.Moments;
import io.plumbline.statistics.PercentileInterval;
import java.util.List;

/**
 * A percentile as SQL: from the rows of the exposed units to the percentile of every group, and to its standard error, which
 * takes into account that the rows of one unit are alike.
 *
 * @param side the rows, called {@code value_rows}
 * @param probability share of values below
 * @param alpha the standard error is taken from the interval that covers 1 − alpha
 */
record PercentileSql(Side side, double probability, double alpha) {

    /** The tables of the query, after the exposed units and the rows. */
    List<String> tables() {
        return List.of(ranked(), percentiles(), units(), spreads(), ranks());
    }

    private String p() {
        return probability + "D";
    }

    private String z() {
        return PercentileInterval.of(Moments.EMPTY, probability, alpha).criticalValue() + "D";
    }

    private String ranked() {
        return "-- Row level: the values of each group in order\nranked AS (\n"
                + "  SELECT e.group_name, e.unit_id, r.value,\n"
                + "    ROW_NUMBER() OVER (PARTITION BY e.group_name ORDER BY r.value) AS rank\n  FROM exposed e\n  JOIN "
                + side.name() + "_rows r\n    ON r.unit_id = e.unit_id\n    AND "
                + String.join("\n    AND ", side.window()) + "\n)";
    }

    private String percentiles() {
        return "-- Group level: the percentile, interpolated\npercentiles AS (\n"
                + "  SELECT group_name, COUNT(*) AS total, PERCENTILE(value, " + p() + ") AS percentile\n"
                + "  FROM ranked\n  GROUP BY group_name\n)";
    }

    private String units() {
        return """
                -- Unit level: the rows at or below the percentile, and all rows
                units AS (
                  SELECT unit_id, group_name, COUNT_IF(value <= percentile) AS below, COUNT(*) AS all_rows
                  FROM ranked JOIN percentiles USING (group_name)
                  GROUP BY unit_id, group_name
                )""";
    }

    private String spreads() {
        return """
                -- Group level: how well the share of rows below is known, by the delta method over units
                spreads AS (
                  SELECT group_name, COUNT(*) AS units,
                    AVG(below) / AVG(all_rows) AS share,
                    SQRT(GREATEST(0, VAR_SAMP(below) - 2 * share * COVAR_SAMP(below, all_rows)
                      + share * share * VAR_SAMP(all_rows)) / COUNT(*)) / AVG(all_rows) AS share_error
                  FROM units
                  GROUP BY group_name
                )""";
    }

    private String ranks() {
        return """
                -- Group level: the ranks between which the percentile lies
                ranks AS (
                  SELECT group_name, units, total, percentile,
                    GREATEST(1, LEAST(FLOOR(total * (%1$s - %2$s * share_error)), FLOOR((total - 1) * %1$s) + 1)) AS lower_rank,
                    LEAST(total, GREATEST(CEIL(total * (%1$s + %2$s * share_error)), FLOOR((total - 1) * %1$s) + 2)) AS upper_rank
                  FROM spreads JOIN percentiles USING (group_name)
                )""".formatted(p(), z());
    }

    /** The query over the tables. */
    String groups() {
        return """
                -- Group level: the standard error from the values at both ranks
                SELECT
                  group_name,
                  units,
                  CAST(total AS DOUBLE) AS total,
                  percentile AS mean,
                  IF(units > 1, NULLIF(MAX(IF(rank = upper_rank, value, NULL)) - MAX(IF(rank = lower_rank, value, NULL)), 0), NULL)
                    / (2 * %s) AS std_error,
                  units * std_error * std_error AS variance
                FROM ranks JOIN ranked USING (group_name)
                GROUP BY group_name, units, total, percentile
                ORDER BY group_name""".formatted(z());
    }
}
