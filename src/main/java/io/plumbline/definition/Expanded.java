package io.plumbline.definition;

import java.util.List;

/**
 * A text whose variables have been replaced, and where each part came from. Messages show what was written, never what
 * replaced it: a value may come from the environment, and what comes from there may be a secret.
 *
 * @param text the text with values in place of variables
 * @param written the text as written
 * @param pieces the parts of the text, in order, without gaps
 */
record Expanded(String text, String written, List<Piece> pieces) {

    /**
     * A part of the text.
     *
     * @param start where it begins in the text
     * @param writtenStart where it was written
     * @param writtenEnd where what was written ends
     * @param origin whether it stands as written
     */
    record Piece(int start, int writtenStart, int writtenEnd, Origin origin) {
        int writtenOffset(int offset) {
            int behind = origin == Origin.WRITTEN ? Math.max(0, offset - start) : 0;
            return Math.min(writtenStart + behind, writtenEnd);
        }
    }

    /** Whether a part stands as written. */
    enum Origin {
        WRITTEN,
        REPLACED
    }

    /** Where the character at an offset of the text was written. */
    int writtenOffset(int offset) {
        return pieces.isEmpty() ? 0 : pieceAt(offset).writtenOffset(offset);
    }

    /** What was written for a part of the text; a variable whole. */
    String writtenBetween(int start, int end) {
        if (start >= end || pieces.isEmpty()) {
            return "";
        }
        Piece last = pieceAt(end - 1);
        int until = last.origin() == Origin.WRITTEN ? last.writtenOffset(end) : last.writtenEnd();
        return written.substring(writtenOffset(start), Math.max(writtenOffset(start), until));
    }

    private Piece pieceAt(int offset) {
        Piece found = pieces.get(0);
        for (Piece piece : pieces) {
            if (piece.start() <= offset) {
                found = piece;
            }
        }
        return found;
    }
}
