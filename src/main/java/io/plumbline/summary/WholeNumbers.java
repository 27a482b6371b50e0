package io.plumbline.summary;

import io.plumbline.statistics.Moments;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Moments of pairs of whole numbers from their sums and sums of products. Unlike those of doubles, these sums are exact, so
 * that nothing is lost when they are subtracted, and the result does not depend on the order of rows.
 *
 * @param units number of pairs
 * @param s Σs
 * @param n Σn
 * @param ss Σs²
 * @param nn Σn²
 * @param sn Σsn
 */
record WholeNumbers(long units, BigInteger s, BigInteger n, BigInteger ss, BigInteger nn, BigInteger sn) {

    /** Moments of the pairs (s, n). */
    Moments moments() {
        return new Moments(
                units,
                s.doubleValue() / units,
                n.doubleValue() / units,
                centred(ss, s, s),
                centred(nn, n, n),
                centred(sn, s, n));
    }

    /** Σ(a − ā)(b − b̄) = (units·Σab − Σa·Σb) / units. */
    private double centred(BigInteger products, BigInteger a, BigInteger b) {
        BigInteger whole = products.multiply(BigInteger.valueOf(units)).subtract(a.multiply(b));
        return whole.doubleValue() / units;
    }

    /** A sum as Spark gives it. */
    static BigInteger whole(BigDecimal sum) {
        return sum.toBigIntegerExact();
    }
}
