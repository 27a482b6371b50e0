package io.plumbline.differential;

import java.util.List;
import java.util.Random;

/** Choices that a seed repeats. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        // Neighbouring seeds give alike first numbers otherwise.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 12345);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long below(long bound) {
        return (long) (random.nextDouble() * bound);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The first choice with a probability, else one of the others. */
    <T> T mostly(T usual, double probability, List<T> others) {
        return chance(probability) ? usual : of(others);
    }
}
