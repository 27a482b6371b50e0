package io.plumbline.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Simulated experiments and how many of them had something happen, judged by the bounds that the binomial distribution leaves with
 * probability 1e-4.
 */
final class Trials {

    private static final double TAIL = 5e-5;

    private final String what;
    private int trials;
    private int hits;

    Trials(String what) {
        this.what = what;
    }

    void count(boolean happened) {
        trials++;
        hits += happened ? 1 : 0;
    }

    double share() {
        return (double) hits / trials;
    }

    void assertRate(double rate) {
        assertThat(hits).as(toString()).isBetween(bound(rate, TAIL), bound(rate, 1 - TAIL));
    }

    void assertRateAtMost(double rate) {
        assertThat(hits).as(toString()).isLessThanOrEqualTo(bound(rate, 1 - TAIL));
    }

    @Override
    public String toString() {
        return what + ": " + hits + " of " + trials;
    }

    private int bound(double rate, double probability) {
        return new BinomialDistribution(null, trials, rate).inverseCumulativeProbability(probability);
    }
}
