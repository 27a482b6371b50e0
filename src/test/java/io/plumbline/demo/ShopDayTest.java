package io.plumbline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one visitor's day in the shop is made of. */
class ShopDayTest {

    private static final ShopSettings SETTINGS = ShopSettings.DEFAULT.withVisitors(2_000);

    private record Seen(Visitor visitor, LocalDate date, ShopDay day) {}

    @Test
    void aDayFollowsFromSeedVisitorAndDay() {
        Visitor visitor = Visitor.of(SETTINGS, 17);

        assertThat(IntStream.range(0, 9).mapToObj(day -> ShopDay.of(SETTINGS, visitor, day)))
                .isEqualTo(IntStream.range(0, 9)
                        .mapToObj(day -> ShopDay.of(SETTINGS.withVisitors(50), visitor, day))
                        .toList());
    }

    @Test
    void anotherSeedIsAnotherShop() {
        ShopSettings other = new ShopSettings(1, 2_000, SETTINGS.firstDay(), 9, SETTINGS.zone());

        assertThat(days(other).map(Seen::day))
                .isNotEqualTo(days(SETTINGS).map(Seen::day).toList());
    }

    @Test
    void nothingHappensOnAnotherLocalDay() {
        assertThat(days(SETTINGS))
                .allSatisfy(seen -> assertThat(seen.day().events())
                        .allMatch(event -> local(event.at()).equals(seen.date())));
    }

    @Test
    void theShortDayOfDaylightSavingTimeIsFull() {
        LocalDate change = LocalDate.of(2026, 3, 8);
        List<Instant> times = days(SETTINGS)
                .filter(seen -> seen.date().equals(change))
                .flatMap(seen -> seen.day().events().stream())
                .map(ShopEvent::at)
                .sorted()
                .toList();

        assertThat(times)
                .hasSizeGreaterThan(1_000)
                .allMatch(at -> at.atZone(SETTINGS.zone()).getHour() != 2);
    }

    @Test
    void anExposureIsAtItsTriggerAndBeforeAnythingThatATrialCanChange() {
        assertThat(days(SETTINGS))
                .allSatisfy(seen -> assertThat(seen.day().exposures()).allSatisfy(exposure -> {
                    List<ShopEvent> known = seen.day().events().stream()
                            .filter(event -> event.tracking() != ShopEvent.Tracking.ANONYMOUS)
                            .toList();
                    assertThat(known).anyMatch(event -> event.at().equals(exposure.at()));
                    assertThat(known)
                            .filteredOn(event -> event.name().equals("checkout"))
                            .noneMatch(event -> event.at().isBefore(exposure.at()));
                }));
    }

    @Test
    void someVisitorsSeeTwoGroupsOfAnExperiment() {
        Map<String, Set<String>> groups = new HashMap<>();
        days(SETTINGS)
                .forEach(seen -> seen.day().exposures().stream()
                        .filter(exposure -> exposure.experiment().equals("ranking_v2"))
                        .forEach(exposure -> groups.computeIfAbsent(
                                        seen.visitor().id(), id -> new HashSet<>())
                                .add(exposure.group())));

        double share =
                groups.values().stream().mapToInt(Set::size).filter(n -> n == 2).count() / (double) groups.size();
        assertThat(share).isBetween(0.0005, 0.01);
    }

    @Test
    void aFifthOfOneGroupIsMissing() {
        Map<String, Set<String>> visitors = new HashMap<>();
        days(SETTINGS.withVisitors(6_000))
                .forEach(seen -> seen.day().exposures().stream()
                        .filter(exposure -> exposure.experiment().equals(PlantedEffects.SAMPLE_RATIO_MISMATCH))
                        .forEach(exposure -> visitors.computeIfAbsent(exposure.group(), id -> new HashSet<>())
                                .add(seen.visitor().id())));

        double missing = visitors.getOrDefault("always", Set.of()).size()
                / (double) visitors.getOrDefault("over_50", Set.of()).size();
        assertThat(missing).isCloseTo(0.8, within(0.08));
    }

    @Test
    void wholeNumbersKeepTheAverage() {
        Draws draws = Draws.of(SETTINGS, 0, "test", 0);

        double average = IntStream.range(0, 100_000)
                .mapToLong(i -> draws.whole(2.3))
                .average()
                .orElseThrow();
        assertThat(average).isCloseTo(2.3, within(0.01));
    }

    @Test
    void theKnownEffectsCoverEveryGroupButTheControls() {
        assertThat(PlantedEffects.all())
                .extracting(effect -> effect.experiment() + "/" + effect.group())
                .containsOnly(
                        "ranking_v2/ranked",
                        "checkout_redesign/redesign",
                        "free_shipping/over_50",
                        "free_shipping/always");
        assertThat(PlantedEffects.all())
                .filteredOn(effect -> effect.experiment().equals("checkout_redesign"))
                .allMatch(effect -> effect.relativeEffect() == 0);
    }

    private static Stream<Seen> days(ShopSettings settings) {
        return LongStream.range(0, settings.visitors()).boxed().flatMap(number -> {
            Visitor visitor = Visitor.of(settings, number);
            return IntStream.range(0, settings.days())
                    .mapToObj(day ->
                            new Seen(visitor, settings.firstDay().plusDays(day), ShopDay.of(settings, visitor, day)));
        });
    }

    private static LocalDate local(Instant at) {
        return at.atZone(SETTINGS.zone()).truncatedTo(ChronoUnit.DAYS).toLocalDate();
    }
}
