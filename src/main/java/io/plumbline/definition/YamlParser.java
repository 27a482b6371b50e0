package io.plumbline.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Builds the nodes of one YAML document from the parser's events, within limits: depth, number of values with aliases
 * counted as often as they are used, no tags, one document. What is beyond is refused before it costs time or memory.
 */
final class YamlParser {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_VALUES = 200_000;
    private static final Map<Tag, YamlNode.Type> TYPES = Map.of(
            Tag.INT, YamlNode.Type.INTEGER,
            Tag.FLOAT, YamlNode.Type.NUMBER,
            Tag.BOOL, YamlNode.Type.BOOLEAN,
            Tag.NULL, YamlNode.Type.NULL);

    private final YamlText text;
    private final LoadSettings settings;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int values;

    private YamlParser(YamlText text, String content) {
        this.text = text;
        this.settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setCodePointLimit(content.length() + 1)
                .build();
        this.events = new Parse(settings).parseString(content).iterator();
    }

    /** The only document of a file; empty, with a problem reported, when there is none that can be used. */
    static Optional<YamlNode> parse(String file, String content, Problems problems) {
        YamlText text = new YamlText(file, content);
        try {
            Optional<YamlNode> root = new YamlParser(text, content).document();
            if (root.isEmpty()) {
                problems.add(text.place(0), "the file is empty; remove it, or write definitions into it");
            }
            return root;
        } catch (Refused refused) {
            problems.add(refused.place, refused.reason);
        } catch (MarkedYamlEngineException e) {
            int index = e.getProblemMark().map(mark -> mark.getIndex()).orElse(0);
            problems.add(text.place(index), syntax(text, text.place(index), e.getProblem()));
        } catch (YamlEngineException e) {
            problems.add(text.place(0), "not valid YAML: " + firstLine(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static String syntax(YamlText text, Place place, String problem) {
        String line = text.line(place.line());
        if (problem.contains("TAB")) {
            return "not valid YAML: a tab cannot indent; use spaces";
        }
        String remedy = line.contains("{{") || line.contains("${") ? "; put text with {{ … }} or ${…} in quotes" : "";
        return "not valid YAML: " + firstLine(problem) + remedy;
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }

    private Optional<YamlNode> document() {
        Optional<YamlNode> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart && root.isPresent()) {
                throw new Refused(place(event), "a second YAML document begins here; give every document its own file");
            }
            if (event instanceof NodeEvent node) {
                root = Optional.of(node(node, 0));
            }
        }
        return root.filter(node -> !(node instanceof YamlNode.Scalar scalar && scalar.type() == YamlNode.Type.NULL));
    }

    private YamlNode node(NodeEvent event, int depth) {
        if (event instanceof AliasEvent alias) {
            return resolved(alias);
        }
        if (++values > MAX_VALUES) {
            throw new Refused(place(event), "the file holds more than " + MAX_VALUES + " values; split it");
        }
        if (depth > MAX_DEPTH) {
            throw new Refused(place(event), "values are nested more than " + MAX_DEPTH + " deep");
        }
        int before = values;
        YamlNode node = event instanceof ScalarEvent scalar ? scalar(scalar) : collection(event, depth);
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(node, values - before + 1)));
        return node;
    }

    private YamlNode resolved(AliasEvent alias) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw new Refused(place(alias), "no anchor '&" + alias.getAlias() + "' is complete before this alias");
        }
        if (values + anchored.size > MAX_VALUES) {
            throw new Refused(place(alias), "aliases make more than " + MAX_VALUES + " values of this file");
        }
        values += anchored.size;
        return anchored.node;
    }

    private YamlNode.Scalar scalar(ScalarEvent event) {
        event.getTag().ifPresent(tag -> refuseTag(event, tag));
        Tag tag = settings.getSchema()
                .getScalarResolver()
                .resolve(event.getValue(), event.getImplicit().canOmitTagInPlainScalar());
        YamlText.Span span = text.span(index(event), event.getScalarStyle());
        return new YamlNode.Scalar(span, TYPES.getOrDefault(tag, YamlNode.Type.TEXT), event.getValue());
    }

    private YamlNode collection(NodeEvent event, int depth) {
        ((CollectionStartEvent) event).getTag().ifPresent(tag -> refuseTag(event, tag));
        return event instanceof MappingStartEvent
                ? new YamlNode.Entries(place(event), entries(depth))
                : new YamlNode.Items(place(event), items(depth));
    }

    private List<YamlNode> items(int depth) {
        List<YamlNode> nodes = new ArrayList<>();
        while (events.next() instanceof NodeEvent item) {
            nodes.add(node(item, depth + 1));
        }
        return nodes;
    }

    private List<YamlNode.Entry> entries(int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        while (events.next() instanceof NodeEvent first) {
            if (!(node(first, depth + 1) instanceof YamlNode.Scalar key)) {
                throw new Refused(place(first), "a key must be text; put text with {{ … }} or ${…} in quotes");
            }
            entries.add(new YamlNode.Entry(key, node((NodeEvent) events.next(), depth + 1)));
        }
        return entries;
    }

    private void refuseTag(Event event, String tag) {
        throw new Refused(place(event), "the tag " + Wording.quoted(tag) + " is not accepted; leave it out");
    }

    private Place place(Event event) {
        return text.place(index(event));
    }

    private static int index(Event event) {
        return event.getStartMark().map(mark -> mark.getIndex()).orElse(0);
    }

    private record Anchored(YamlNode node, int size) {}

    /** Ends the reading of a file. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Place place;
        private final String reason;

        Refused(Place place, String reason) {
            super(reason, null, false, false);
            this.place = place;
            this.reason = reason;
        }
    }
}
