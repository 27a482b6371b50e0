package io.plumbline.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a check of definitions needs to know, and what it finds. Values that are wrong are remembered, so that later steps
 * treat them as absent and one mistake is reported once.
 */
final class Checker {

    private final Problems problems;
    private final Names names;
    private final Variables variables;
    private final SqlCheck sql;
    private final Set<YamlNode> wrong = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<YamlNode, SqlCheck.Outcome> outcomes = new IdentityHashMap<>();

    Checker(Problems problems, Names names, Variables variables, SqlCheck sql) {
        this.problems = problems;
        this.names = names;
        this.variables = variables;
        this.sql = sql;
    }

    Names names() {
        return names;
    }

    Variables variables() {
        return variables;
    }

    SqlCheck sql() {
        return sql;
    }

    /** Reports a problem with a value; {@code false}, so that checks can end with it. */
    boolean problem(YamlNode node, String subject, String message) {
        return problem(node.place(), subject, message);
    }

    /** Reports a problem at a place. */
    boolean problem(Place place, String subject, String message) {
        problems.add(place, subject + ": " + message);
        return false;
    }

    /** Checks a value and remembers whether it can be used. */
    boolean check(YamlNode node, Kind kind, String subject) {
        boolean usable = kind.check(node, this, subject);
        if (!usable) {
            wrong.add(node);
        }
        return usable;
    }

    /** Whether no check has found the value unusable. */
    boolean usable(YamlNode node) {
        return !wrong.contains(node);
    }

    /** A scalar's text with values in place of variables; empty, with a problem reported, when one is not known. */
    Optional<Expanded> expand(YamlNode.Scalar scalar, String subject, Variables values) {
        List<String> complaints = new ArrayList<>();
        Expanded expanded = values.expand(scalar.text(), (offset, message) -> {
            complaints.add(message);
            problem(scalar.at(offset), subject, message);
        });
        return complaints.isEmpty() ? Optional.of(expanded) : Optional.empty();
    }

    /** Keeps what a check of SQL found. */
    void remember(YamlNode node, SqlCheck.Outcome outcome) {
        outcomes.put(node, outcome);
    }

    /** The columns that a checked expression reads. */
    Set<String> columns(YamlNode node) {
        SqlCheck.Outcome outcome = outcomes.get(node);
        return outcome == null ? Set.of() : outcome.columns();
    }
}
