package io.plumbline.unitday;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * The union of sketches of different values, as {@link DistinctValues} makes them: what Spark's {@code hll_union_agg} gives
 * and {@code hll_sketch_estimate} tells of it, without SQL. Spark keeps its sketches in the format of this library.
 */
final class DistinctSketch {

    private final Union union = new Union(DistinctValues.LOG2_BUCKETS);

    /** Unites with a sketch. */
    void add(byte[] sketch) {
        union.update(HllSketch.heapify(sketch));
    }

    /** The number of different values, of the sketch united with itself. */
    double estimate() {
        HllSketch sketch = union.getResult(TgtHllType.HLL_8);
        Union twice = new Union(DistinctValues.LOG2_BUCKETS);
        twice.update(sketch);
        twice.update(sketch);
        return Math.round(twice.getResult(TgtHllType.HLL_8).getEstimate());
    }
}
