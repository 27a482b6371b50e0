package io.plumbline.unittotal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting start days with a completion in their window, against the definition word for word. */
class StartDaysTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyStartDayIsFollowedWithinItsWindowOrNot(long seed) {
        Random random = new Random(seed);
        BitSet starts = days(random);
        BitSet completions = days(random);
        int last = random.nextInt(200);
        int end = 1 + random.nextInt(80);
        int length = 1 + random.nextInt(end);

        long expected = starts.stream()
                .filter(day -> day + end <= last)
                .filter(day ->
                        IntStream.rangeClosed(day + end - length + 1, day + end).anyMatch(completions::get))
                .count();

        assertThat(StartDays.retained(starts, completions, last, end, length)).isEqualTo((int) expected);
    }

    private static BitSet days(Random random) {
        BitSet days = new BitSet();
        IntStream.range(0, 200).filter(day -> random.nextInt(4) == 0).forEach(days::set);
        return days;
    }
}
