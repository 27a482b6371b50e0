package io.plumbline.summary;

import io.plumbline.statistics.CoMomentsAccumulator;
import io.plumbline.statistics.Moments;
import io.plumbline.statistics.MomentsAccumulator;
import java.util.Optional;

/** What the units of one group add up to, one unit at a time. */
final class UnitSums {

    private final MomentsAccumulator moments = new MomentsAccumulator();
    private final CompensatedSum x = new CompensatedSum();
    private final CompensatedSum y = new CompensatedSum();
    private final Optional<CoMomentsAccumulator> coMoments;
    private long winsorizedUnits;
    private long unitsWithData;

    /** Sums of outcomes and, where there are columns for them, of outcomes with covariates. */
    UnitSums(int columns) {
        this.coMoments = columns == 0 ? Optional.empty() : Optional.of(new CoMomentsAccumulator(columns));
    }

    /** Adds the outcome of a unit that takes part. */
    void add(PairReader.Pair pair) {
        if (pair.limited()) {
            winsorizedUnits++;
        }
        moments.add(pair.x(), pair.y());
        x.add(pair.x());
        y.add(pair.y());
    }

    /** Adds many units with the same outcome. */
    void addRepeated(PairReader.Pair pair, long units) {
        if (pair.limited()) {
            winsorizedUnits += units;
        }
        moments.addRepeated(pair.x(), pair.y(), units);
        x.add(pair.x() * units);
        y.add(pair.y() * units);
    }

    /** Adds the outcome and the covariates of a unit that counts; {@code withData} is 1 if any of them is known, else 0. */
    void addCovariates(double[] vector, int withData) {
        CoMomentsAccumulator added = coMoments.orElseThrow();
        long excluded = added.excluded();
        added.add(vector);
        unitsWithData += added.excluded() == excluded ? withData : 0;
    }

    /** Adds many units that count and of which nothing is known but the outcome. */
    void addCovariatesRepeated(double[] vector, long units) {
        coMoments.orElseThrow().addRepeated(vector, units);
    }

    /** Whether any unit was added. */
    boolean isEmpty() {
        return moments.moments().n() == 0
                && coMoments.map(added -> added.moments().n() == 0).orElse(true);
    }

    Moments moments() {
        return moments.moments();
    }

    Optional<GroupSummary.Covered> covered() {
        return coMoments.map(added -> new GroupSummary.Covered(added.moments(), unitsWithData));
    }

    GroupSummary.Totals totals() {
        return new GroupSummary.Totals(x.value(), y.value());
    }

    long winsorizedUnits() {
        return winsorizedUnits;
    }
}
