package io.plumbline.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads one file as UTF-8 text, and the text as YAML. */
final class YamlFile {

    private static final int MAX_BYTES = 4 << 20;

    private YamlFile() {}

    /** The file's root; empty, with a problem reported, when it cannot be read. */
    static Optional<YamlNode> read(Path path, String file, Problems problems) {
        Place start = new Place(file, 1, 1);
        try {
            if (!Files.isRegularFile(path)) {
                problems.add(start, "cannot be read: not a file, or a link that leads nowhere");
                return Optional.empty();
            }
            byte[] bytes = bytes(path);
            if (bytes.length > MAX_BYTES) {
                problems.add(start, "the file is larger than 4 MiB; split it");
                return Optional.empty();
            }
            return text(bytes, file, problems).flatMap(text -> YamlParser.parse(file, text, problems));
        } catch (IOException e) {
            problems.add(start, "cannot be read: " + e.getClass().getSimpleName() + "; check that it may be read");
            return Optional.empty();
        }
    }

    private static byte[] bytes(Path path) throws IOException {
        try (InputStream stream = Files.newInputStream(path)) {
            return stream.readNBytes(MAX_BYTES + 1);
        }
    }

    private static Optional<String> text(byte[] bytes, String file, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer buffer = CharBuffer.allocate(bytes.length + 1);
        boolean malformed = decoder.decode(ByteBuffer.wrap(bytes), buffer, true).isError();
        String decoded = buffer.flip().toString();
        String text = decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
        if (malformed) {
            Place place = new YamlText(file, text).place(text.codePointCount(0, text.length()));
            problems.add(place, "not UTF-8 text; save the file as UTF-8");
            return Optional.empty();
        }
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (!StreamReader.isPrintable(characters[i])) {
                String message = String.format("the character U+%04X is not text; remove it", characters[i]);
                problems.add(new YamlText(file, text).place(i), message);
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }
}
