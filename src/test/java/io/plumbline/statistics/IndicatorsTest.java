package io.plumbline.statistics;

import static io.plumbline.statistics.Samples.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Columns of parts are those that the units themselves would have given. */
class IndicatorsTest {

    @Test
    void columnsFollowFromTheParts() {
        Random random = new Random(20_260_301);
        CoMomentsAccumulator direct = new CoMomentsAccumulator(5);
        CoMomentsAccumulator whole = new CoMomentsAccumulator(2);
        List<CoMomentsAccumulator> parts = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            parts.add(new CoMomentsAccumulator(2));
        }
        for (int unit = 0; unit < 500; unit++) {
            int part = random.nextInt(4);
            double x = 100 + part + random.nextGaussian();
            double y = part * x + random.nextGaussian();
            whole.add(x, y);
            parts.get(part).add(x, y);
            direct.add(x, y, part == 1 ? 1 : 0, part == 2 ? 1 : 0, part == 3 ? 1 : 0);
        }
        CoMoments appended = Indicators.appended(
                whole.moments(),
                parts.subList(1, 4).stream().map(CoMomentsAccumulator::moments).toList());

        assertThat(appended.n()).isEqualTo(500);
        for (int i = 0; i < 5; i++) {
            assertClose(appended.mean(i), direct.moments().mean(i), 1e-12);
            for (int j = 0; j <= i; j++) {
                assertClose(appended.product(i, j), direct.moments().product(i, j), 1e-9);
            }
        }
    }

    @Test
    void aPartWithoutUnitsIsAColumnOfZeros() {
        CoMoments appended = Indicators.appended(CoMoments.ofConstant(3, 2, 1), List.of(CoMoments.empty(2)));

        assertThat(appended).isEqualTo(CoMoments.ofConstant(3, 2, 1, 0));
        assertThat(Indicators.appended(CoMoments.empty(2), List.of(CoMoments.empty(2))))
                .isEqualTo(CoMoments.empty(3));
    }

    @Test
    void partsHaveTheColumnsOfTheSet() {
        assertThatThrownBy(() -> Indicators.appended(CoMoments.empty(2), List.of(CoMoments.empty(3))))
                .hasMessage("a part has 3 columns, the set 2: give both the same");
    }
}
