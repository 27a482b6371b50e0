package io.plumbline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the house that a formatter cannot see. */
class HouseStyleTest {

    private static final Path SOURCES = Path.of("src/main/java/io/plumbline");

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.plumbline");

    private static final ArchRule NAMES = noClasses()
            .should()
            .haveNameMatching("(?i).*(Utils?|Commons?|Helpers?|Manager|Impl)$")
            .orShould()
            .haveNameMatching(".*Test$")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..manager..", "..impl..");

    private static final ArchRule FLAGS = noMethods()
            .that(DescribedPredicate.describe("are written by hand", HouseStyleTest::isWrittenByHand))
            .should()
            .haveRawParameterTypes(DescribedPredicate.describe(
                    "with a boolean", types -> types.stream().anyMatch(type -> type.isEquivalentTo(boolean.class))));

    @Test
    void names_say_what_a_thing_is() {
        NAMES.check(PRODUCTION);
    }

    @Test
    void a_flag_at_a_call_says_nothing_so_no_method_takes_one() {
        FLAGS.check(PRODUCTION);
    }

    @Test
    void an_empty_name_and_a_flag_are_found() {
        JavaClasses wrong = new ClassFileImporter().importPackages("io.plumbline.fixture.style");
        assertThatThrownBy(() -> NAMES.check(wrong)).hasMessageContaining("SwitchManager");
        assertThatThrownBy(() -> FLAGS.check(wrong)).hasMessageContaining("turn(boolean)");
    }

    @Test
    void every_package_is_null_marked() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> unmarked = files.filter(Files::isDirectory)
                    .filter(HouseStyleTest::isUnmarked)
                    .toList();
            assertThat(unmarked).isEmpty();
        }
    }

    private static boolean isWrittenByHand(JavaMethod method) {
        return !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !method.getName().startsWith("lambda$")
                && !method.isAnnotatedWith(Override.class);
    }

    private static boolean isUnmarked(Path folder) {
        try {
            return !Files.readString(folder.resolve("package-info.java")).contains("\n@NullMarked\n");
        } catch (IOException missing) {
            return true;
        }
    }
}
