package io.plumbline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;

/**
 * The rules that a package map sets for the classes below one root package. A package is known by its first name below
 * the root; a class of the root package itself may use everything and is used by the outermost packages only.
 *
 * @param root the package whose sub-packages the map names
 * @param map who may use whom
 */
record PackageRules(String root, PackageMap map) {

    private static final List<String> SPARK_FREE =
            List.of("metric", "experiment", "definition", "plan", "statistics", "analysis", "report");

    ArchRule onTheMap() {
        return classes()
                .should(new ArchCondition<JavaClass>("be in a package of the map") {
                    @Override
                    public void check(JavaClass subject, ConditionEvents events) {
                        place(subject)
                                .filter(place -> !map.all().contains(place))
                                .ifPresent(place -> {
                                    String message = subject.getName() + ": package " + place + " is not on the map";
                                    events.add(SimpleConditionEvent.violated(subject, message));
                                });
                    }
                })
                .allowEmptyShould(true);
    }

    ArchRule arrowsRunForward() {
        return classes()
                .should(new ArchCondition<JavaClass>("use only what the map allows") {
                    @Override
                    public void check(JavaClass subject, ConditionEvents events) {
                        subject.getDirectDependenciesFromSelf().stream()
                                .filter(dependency -> !isAllowed(dependency))
                                .map(Dependency::getDescription)
                                .map(text -> SimpleConditionEvent.violated(subject, text))
                                .forEach(events::add);
                    }
                })
                .allowEmptyShould(true);
    }

    ArchRule noCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule withoutSpark() {
        String[] packages =
                SPARK_FREE.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "io.delta..", "scala..")
                .allowEmptyShould(true);
    }

    private boolean isAllowed(Dependency dependency) {
        if (!dependency.getTargetClass().getPackageName().startsWith(root)) {
            return true;
        }
        Optional<String> from = place(dependency.getOriginClass());
        Optional<String> to = place(dependency.getTargetClass());
        if (from.isEmpty()) {
            return true;
        }
        return to.map(target -> map.usableFrom(from.get()).contains(target))
                .orElse(map.outermost().contains(from.get()));
    }

    /** The first name below the root, or nothing for a class of the root package or of another root. */
    private Optional<String> place(JavaClass subject) {
        String name = subject.getPackageName();
        return name.startsWith(root + ".")
                ? Optional.of(name.substring(root.length() + 1).replaceFirst("\\..*", ""))
                : Optional.empty();
    }
}
