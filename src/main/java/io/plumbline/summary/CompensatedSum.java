package io.plumbline.summary;

/**
 * A sum of doubles that carries its rounding error along, so that it is right to the last bit or two however many values
 * are added.
 *
 * @see <a href="https://doi.org/10.1002/zamm.19740540106">Neumaier 1974, doi:10.1002/zamm.19740540106</a>
 */
final class CompensatedSum {

    private double sum;
    private double lost;

    void add(double value) {
        double next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
        sum = next;
    }

    double value() {
        return sum + lost;
    }
}
