package io.plumbline.definition;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The name of something that is defined elsewhere in the project. */
enum ReferenceKind implements Kind {
    METRIC_SOURCE,
    ASSIGNMENT_SOURCE,
    /** A metric source, an assignment source or a property source. */
    ANY_SOURCE,
    /** A metric's name, or {@code tag:x} for all metrics with the tag. */
    METRIC_OR_TAG,
    UNIT_TYPE;

    /** What a reference to all metrics with a tag begins with. */
    static final String TAG = "tag:";

    private static final List<Category> SOURCES =
            List.of(Category.METRIC_SOURCE, Category.ASSIGNMENT_SOURCE, Category.PROPERTY_SOURCE);

    @Override
    public Map<String, Object> schema(JsonSchema.Definitions definitions) {
        return Map.of("type", "string", "minLength", 1);
    }

    @Override
    public boolean check(YamlNode node, Checker checker, String subject) {
        if (!(node instanceof YamlNode.Scalar scalar && scalar.type() == YamlNode.Type.TEXT)) {
            return checker.problem(node, subject, "expected the name of " + noun() + ", found " + node.noun());
        }
        Optional<Expanded> name = checker.expand(scalar, subject, checker.variables());
        if (name.isPresent() && !known(name.get().text(), checker.names())) {
            return checker.problem(node, subject, unknown(name.get().text(), scalar.text(), checker.names()));
        }
        return name.isPresent();
    }

    private boolean known(String name, Names names) {
        return switch (this) {
            case METRIC_SOURCE -> names.known(Category.METRIC_SOURCE, name);
            case ASSIGNMENT_SOURCE -> names.known(Category.ASSIGNMENT_SOURCE, name);
            case ANY_SOURCE -> SOURCES.stream().anyMatch(category -> names.known(category, name));
            case METRIC_OR_TAG ->
                name.startsWith(TAG)
                        ? names.knownTag(name.substring(TAG.length()))
                        : names.known(Category.METRIC, name);
            case UNIT_TYPE -> names.knownUnitType(name);
        };
    }

    private String unknown(String name, String written, Names names) {
        if (this == METRIC_OR_TAG && name.startsWith(TAG)) {
            String tag = name.substring(TAG.length());
            return "no metric has the tag " + Wording.quoted(written.replaceFirst(TAG, ""))
                    + Wording.didYouMean(tag, names.tags());
        }
        String remedy = this == UNIT_TYPE ? " is declared in unit_types" : " is defined";
        return "no " + bare() + " " + Wording.quoted(written) + remedy + Wording.didYouMean(name, candidates(names));
    }

    private Collection<String> candidates(Names names) {
        return switch (this) {
            case METRIC_SOURCE -> names.of(Category.METRIC_SOURCE);
            case ASSIGNMENT_SOURCE -> names.of(Category.ASSIGNMENT_SOURCE);
            case ANY_SOURCE ->
                SOURCES.stream()
                        .flatMap(category -> names.of(category).stream())
                        .toList();
            case METRIC_OR_TAG -> names.of(Category.METRIC);
            case UNIT_TYPE -> names.unitTypes();
        };
    }

    private String noun() {
        return (this == ASSIGNMENT_SOURCE ? "an " : "a ") + bare();
    }

    private String bare() {
        return switch (this) {
            case METRIC_SOURCE -> "metric source";
            case ASSIGNMENT_SOURCE -> "assignment source";
            case ANY_SOURCE -> "source";
            case METRIC_OR_TAG -> "metric";
            case UNIT_TYPE -> "unit type";
        };
    }
}
