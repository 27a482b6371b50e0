package io.plumbline.source;

import io.plumbline.definition.SqlCheck;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** SQL as written, found back from the tokens of its upper-case copy, in which only ASCII letters differ. */
final class SqlText {

    private final String written;

    SqlText(String written) {
        this.written = written;
    }

    /** What the grammar reads: its keywords are upper-case. */
    String upperCase() {
        StringBuilder upper = new StringBuilder(written);
        for (int i = 0; i < upper.length(); i++) {
            char character = upper.charAt(i);
            if (character >= 'a' && character <= 'z') {
                upper.setCharAt(i, (char) (character - 'a' + 'A'));
            }
        }
        return upper.toString();
    }

    int length() {
        return written.length();
    }

    /** The text of a part of the tree, as written. */
    String of(ParserRuleContext context) {
        return written.substring(start(context.getStart()), end(context.getStop()));
    }

    /** What is wrong with the text from one token to another. */
    SqlCheck.Finding finding(Token first, Token last, String complaint) {
        return new SqlCheck.Finding(start(first), end(last), complaint);
    }

    private int start(Token token) {
        return written.offsetByCodePoints(0, Math.min(token.getStartIndex(), codePoints()));
    }

    private int end(Token token) {
        return written.offsetByCodePoints(0, Math.min(token.getStopIndex() + 1, codePoints()));
    }

    private int codePoints() {
        return written.codePointCount(0, written.length());
    }
}
