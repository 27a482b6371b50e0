package io.plumbline.demo;

import java.util.SplittableRandom;

/**
 * A stream of random numbers that follows from what it is for. Streams for different purposes are independent, so that
 * who is assigned to what says nothing about how they behave.
 */
final class Draws {

    private final SplittableRandom random;

    private Draws(long state) {
        this.random = new SplittableRandom(state);
    }

    /** The stream for a visitor and a purpose: a day, a trial, or the visitor as such. */
    static Draws of(ShopSettings settings, long visitor, String purpose, long number) {
        return new Draws(mixed(mixed(mixed(settings.seed()) + visitor) + 31L * purpose.hashCode() + number));
    }

    /** A number in [0, 1). */
    double uniform() {
        return random.nextDouble();
    }

    /** True with a probability. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A whole number in [0, bound). */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** One of several, each as likely. */
    String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** How often something with a probability happens in a row, at most {@code most} times. */
    int repeats(double probability, int most) {
        int times = 0;
        while (times < most && chance(probability)) {
            times++;
        }
        return times;
    }

    /** A lognormal number: {@code median · exp(sigma · Z)}. */
    double lognormal(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }

    /** A whole number next to the value, on average equal to it; plain rounding would bend small effects. */
    long whole(double value) {
        return (long) Math.floor(value + random.nextDouble());
    }

    /** Spreads neighbouring seeds over all 64 bits; SplittableRandom overlaps for seeds at a fixed distance. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
