package io.plumbline.definition;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Every name that definitions give and others refer to, collected before anything is read in full: a definition that is
 * wrong in some other way still has its name, so that one mistake is reported once.
 */
final class Names {

    private final Map<Category, Map<String, Place>> definitions = new EnumMap<>(Category.class);
    private final Set<String> tags = new LinkedHashSet<>();
    private final Set<String> unitTypes = new LinkedHashSet<>();
    private boolean complete = true;

    Names() {
        List.of(Category.values()).forEach(category -> definitions.put(category, new LinkedHashMap<>()));
    }

    /** Collects the names of one file; a name that is taken is a problem that names the first place. */
    void collect(YamlNode file, Problems problems) {
        if (!(file instanceof YamlNode.Entries root)) {
            return;
        }
        for (Category category : Category.values()) {
            nodes(root, category.key()).forEach(node -> add(category, node, problems));
        }
        addUnitTypes(nodes(root, "unit_types"), problems);
    }

    /** Says that a file could not be read, so that names may exist that were not seen. */
    void incomplete() {
        complete = false;
    }

    /** The names of a category, in the order of files and lines. */
    Collection<String> of(Category category) {
        return of(definitions, category).keySet();
    }

    /** Whether a definition exists, or may exist in a file that could not be read. */
    boolean known(Category category, String name) {
        return !complete || of(category).contains(name);
    }

    /** Whether any metric has a tag, or may have in a file that could not be read. */
    boolean knownTag(String tag) {
        return !complete || tags.contains(tag);
    }

    /** Whether a unit type is declared, or none is, which is a problem of its own. */
    boolean knownUnitType(String name) {
        return !complete || unitTypes.isEmpty() || unitTypes.contains(name);
    }

    Set<String> tags() {
        return tags;
    }

    Set<String> unitTypes() {
        return unitTypes;
    }

    private void add(Category category, YamlNode node, Problems problems) {
        if (!(node instanceof YamlNode.Entries definition)) {
            return;
        }
        if (definition.get("name").orElse(null) instanceof YamlNode.Scalar name) {
            define(category, name.text(), "name", name.place(), problems);
            if (category == Category.METRIC_SOURCE) {
                addGenerated(name.text(), definition, problems);
            }
        }
        if (category == Category.METRIC) {
            texts(nodes(definition, "tags")).forEach(tag -> tags.add(tag.text()));
        }
    }

    private void addGenerated(String source, YamlNode.Entries definition, Problems problems) {
        definition.get(EventMetrics.KEY).ifPresent(node -> {
            EventMetrics.names(source)
                    .forEach(name -> define(Category.METRIC, name, EventMetrics.KEY, node.place(), problems));
            tags.add(EventMetrics.TAG);
        });
    }

    private void define(Category category, String name, String subject, Place place, Problems problems) {
        Place first = of(definitions, category).putIfAbsent(name, place);
        if (first != null) {
            problems.add(
                    place,
                    subject + ": " + category.noun() + " " + Wording.quoted(name) + " is already defined at " + first);
        }
    }

    private void addUnitTypes(List<YamlNode> nodes, Problems problems) {
        Map<String, String> folded = new HashMap<>();
        for (YamlNode.Scalar type : texts(nodes)) {
            String other = folded.putIfAbsent(type.text().toLowerCase(Locale.ROOT), type.text());
            if (other != null) {
                String difference =
                        other.equals(type.text()) ? " is given twice" : " differs from '" + other + "' by case only";
                problems.add(type.place(), "unit_types: " + Wording.quoted(type.text()) + difference + "; rename one");
            }
            unitTypes.add(type.text());
        }
    }

    private static Map<String, Place> of(Map<Category, Map<String, Place>> definitions, Category category) {
        return definitions.computeIfAbsent(category, any -> new LinkedHashMap<>());
    }

    private static List<YamlNode> nodes(YamlNode.Entries parent, String key) {
        return parent.get(key).orElse(null) instanceof YamlNode.Items list ? list.nodes() : List.of();
    }

    private static List<YamlNode.Scalar> texts(List<YamlNode> nodes) {
        return nodes.stream()
                .filter(YamlNode.Scalar.class::isInstance)
                .map(YamlNode.Scalar.class::cast)
                .toList();
    }
}
