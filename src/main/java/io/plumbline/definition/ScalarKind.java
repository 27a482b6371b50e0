package io.plumbline.definition;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A single value.
 *
 * @param expected what is accepted, to end a sentence with
 * @param types what YAML may resolve it to
 * @param accepts whether a text, variables replaced, is accepted
 * @param variables whether it may hold variables
 * @param candidates what "did you mean" chooses from
 * @param schema its JSON Schema
 */
record ScalarKind(
        String expected,
        Set<YamlNode.Type> types,
        Predicate<String> accepts,
        Use variables,
        Collection<String> candidates,
        Map<String, Object> schema)
        implements Kind {

    /** Whether a value may hold variables. */
    enum Use {
        REPLACED,
        REFUSED,
        /** Neither looked for nor replaced. */
        IGNORED
    }

    private static final String VARIABLE = "\\{\\{";

    /** Any text. */
    static ScalarKind text() {
        Map<String, Object> schema = Map.of("type", "string");
        return new ScalarKind("text", Set.of(YamlNode.Type.TEXT), any -> true, Use.REPLACED, List.of(), schema);
    }

    /** A text that is not empty. */
    static ScalarKind nonEmpty(String expected) {
        Map<String, Object> schema = Map.of("type", "string", "minLength", 1);
        return new ScalarKind(
                expected, Set.of(YamlNode.Type.TEXT), any -> !any.isBlank(), Use.REPLACED, List.of(), schema);
    }

    /** A text of a pattern, after variables are replaced; the pattern must be one that JSON Schema knows as well. */
    static ScalarKind pattern(String expected, String pattern, Predicate<String> accepts) {
        Map<String, Object> schema = Map.of("type", "string", "pattern", "^(?:" + pattern + ")$|" + VARIABLE);
        Predicate<String> both = value -> value.matches(pattern) && accepts.test(value);
        return new ScalarKind(expected, Set.of(YamlNode.Type.TEXT), both, Use.REPLACED, List.of(), schema);
    }

    /** A name that others refer to, written out. */
    static ScalarKind name(String expected, String pattern) {
        Map<String, Object> schema = Map.of("type", "string", "pattern", "^(?:" + pattern + ")$");
        return new ScalarKind(
                expected, Set.of(YamlNode.Type.TEXT), value -> value.matches(pattern), Use.REFUSED, List.of(), schema);
    }

    /** One of a few words. */
    static ScalarKind choice(List<String> words) {
        String expected = words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
        Map<String, Object> schema = Map.of("enum", words);
        return new ScalarKind(expected, Set.of(YamlNode.Type.TEXT), words::contains, Use.REFUSED, words, schema);
    }

    /** A number within bounds that the JSON Schema repeats. */
    static ScalarKind number(String expected, Predicate<Double> accepts, Map<String, Object> bounds) {
        Map<String, Object> schema = new LinkedHashMap<>(Map.of("type", "number"));
        schema.putAll(new TreeMap<>(bounds));
        Predicate<String> within = value -> accepts.test(Literals.number(value));
        Set<YamlNode.Type> types = Set.of(YamlNode.Type.INTEGER, YamlNode.Type.NUMBER);
        return new ScalarKind(expected, types, within, Use.REFUSED, List.of(), schema);
    }

    /** True or false. */
    static ScalarKind flag() {
        Set<YamlNode.Type> types = Set.of(YamlNode.Type.BOOLEAN);
        return new ScalarKind("true or false", types, any -> true, Use.REFUSED, List.of(), Map.of("type", "boolean"));
    }

    /** Text, a number, true or false. */
    static ScalarKind literal() {
        return literal(Use.REPLACED);
    }

    /** The value of a variable, whose own text is read elsewhere. */
    static ScalarKind variable() {
        return literal(Use.IGNORED);
    }

    private static ScalarKind literal(Use variables) {
        Set<YamlNode.Type> types =
                Set.of(YamlNode.Type.TEXT, YamlNode.Type.INTEGER, YamlNode.Type.NUMBER, YamlNode.Type.BOOLEAN);
        Map<String, Object> schema = Map.of("type", List.of("string", "number", "boolean"));
        return new ScalarKind("text, a number, true or false", types, any -> true, variables, List.of(), schema);
    }

    /** Whether it is one of a few words. */
    boolean isChoice() {
        return schema.containsKey("enum");
    }

    @Override
    public Map<String, Object> schema(JsonSchema.Definitions definitions) {
        return schema;
    }

    @Override
    public boolean check(YamlNode node, Checker checker, String subject) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            return checker.problem(node, subject, "expected " + expected + ", found " + node.noun());
        }
        if (scalar.type() == YamlNode.Type.NULL) {
            return checker.problem(node, subject, "has no value; expected " + expected);
        }
        String shown = Wording.quoted(scalar.text());
        if (!types.contains(scalar.type())) {
            String remedy = types.contains(YamlNode.Type.TEXT) ? "; put it in quotes" : "";
            return checker.problem(node, subject, shown + " is " + scalar.noun() + ", expected " + expected + remedy);
        }
        if (variables == Use.REFUSED && scalar.text().contains("{{")) {
            return checker.problem(node, subject, shown + " cannot hold a variable; write it out: " + expected);
        }
        if (variables == Use.IGNORED) {
            return true;
        }
        Optional<Expanded> value = checker.expand(scalar, subject, checker.variables());
        boolean finite = scalar.type() != YamlNode.Type.NUMBER || Double.isFinite(Literals.number(scalar.text()));
        if (value.isPresent() && !(finite && accepts.test(value.get().text()))) {
            String instead = Wording.didYouMean(scalar.text(), candidates);
            return checker.problem(node, subject, shown + " is not " + expected + instead);
        }
        return value.isPresent();
    }
}
