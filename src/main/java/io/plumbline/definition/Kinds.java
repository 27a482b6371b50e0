package io.plumbline.definition;

import io.plumbline.experiment.PreExposure;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values that several mappings have in common. */
final class Kinds {

    static final Kind TEXT = ScalarKind.text();
    static final Kind FLAG = ScalarKind.flag();
    static final Kind COLUMN = ScalarKind.nonEmpty("the name of a column");
    static final Kind NAME = ScalarKind.name(
            "a name: a-z, 0-9 and single underscores, beginning with a letter", "[a-z][a-z0-9]*(_[a-z0-9]+)*_?");
    static final Kind TAG = ScalarKind.name("a tag without commas and blanks", "[^,\\s{}]+");
    static final Kind PROPERTY = ScalarKind.name("the name of a column", "[^{}]*\\S[^{}]*");
    static final Kind UNIT_TYPE_NAME = ScalarKind.name(
            "a unit type: letters, digits and single underscores, beginning with a letter",
            "[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*");
    static final Kind COLUMN_NAME =
            ScalarKind.name("a column name: letters, digits and underscores", "[A-Za-z_][A-Za-z0-9_]*");
    static final Kind WORD = ScalarKind.name("a name: letters, digits and underscores", "[A-Za-z_][A-Za-z0-9_]*");
    static final Kind DATE =
            ScalarKind.pattern("a date such as 2026-10-01", "[0-9]{4}-[0-9]{2}-[0-9]{2}", Literals::isDate);
    static final Kind DURATION = ScalarKind.pattern(
            "a duration such as 7d, 12h or 30m (whole days, hours or minutes)", Literals.DURATION, any -> true);
    static final Kind DAYS = ScalarKind.pattern("whole days such as 7d", "[1-9][0-9]{0,3}d", any -> true);
    static final Kind ZONE = new ScalarKind(
            "an IANA time zone such as Europe/Paris, or an offset such as -08:00",
            Set.of(YamlNode.Type.TEXT),
            Literals::isZone,
            ScalarKind.Use.REPLACED,
            ZoneId.getAvailableZoneIds(),
            Map.of("type", "string", "minLength", 1));
    static final Kind ALPHA = ScalarKind.number(
            "a number between 0 and 1",
            alpha -> alpha > 0 && alpha < 1,
            Map.of("exclusiveMinimum", 0, "exclusiveMaximum", 1));
    static final Kind PROBABILITY =
            ScalarKind.number("a number from 0 to 1", p -> p >= 0 && p <= 1, Map.of("minimum", 0, "maximum", 1));
    static final Kind WHOLE = ScalarKind.number(
            "a whole number from 1 to 100000",
            number -> number >= 1 && number <= 100_000 && number == Math.rint(number),
            Map.of("minimum", 1, "maximum", 100_000, "multipleOf", 1));
    static final Kind BEFORE = ScalarKind.number(
            "a whole number from 0 to " + PreExposure.MOST_DAYS,
            number -> number >= 0 && number <= PreExposure.MOST_DAYS && number == Math.rint(number),
            Map.of("minimum", 0, "maximum", PreExposure.MOST_DAYS, "multipleOf", 1));
    static final Kind UNITS = ScalarKind.number(
            "a whole number of 1 or more",
            number -> number >= 1 && number == Math.rint(number),
            Map.of("minimum", 1, "multipleOf", 1));
    static final Kind NUMBER = ScalarKind.number("a number", any -> true, Map.of());
    static final Kind POSITIVE =
            ScalarKind.number("a number above 0", number -> number > 0, Map.of("exclusiveMinimum", 0));
    static final Kind BASE = new ScalarKind(
            "e, 2, 10 or another number above 1",
            Set.of(YamlNode.Type.TEXT, YamlNode.Type.INTEGER, YamlNode.Type.NUMBER),
            base -> base.equals("e") || Literals.number(base) > 1,
            ScalarKind.Use.REFUSED,
            List.of(),
            Map.of("anyOf", List.of(Map.of("const", "e"), Map.of("type", "number", "exclusiveMinimum", 1))));
    static final Kind WEIGHT = ScalarKind.number("a number of 0 or more", weight -> weight >= 0, Map.of("minimum", 0));

    private Kinds() {}

    static Kind listOf(Kind kind) {
        return new Kind.ListOf(kind, 0);
    }

    static Kind someOf(Kind kind) {
        return new Kind.ListOf(kind, 1);
    }

    static Kind choice(String... words) {
        return ScalarKind.choice(List.of(words));
    }

    static Kind shaped(Shape shape) {
        return new Kind.Shaped(() -> shape);
    }

    /** Name, description, owner and tags, which every definition has. */
    static Shape definition(String name, String description) {
        return Shape.of(
                name,
                description,
                Key.required("name", NAME, "unique among definitions of the same kind"),
                Key.optional("description", TEXT, "one or two sentences"),
                Key.optional("owner", TEXT, "team or person"),
                Key.optional("tags", listOf(TAG), "labels for selection"));
    }
}
