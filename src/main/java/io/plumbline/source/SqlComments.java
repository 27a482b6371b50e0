package io.plumbline.source;

import io.plumbline.definition.SqlCheck;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;

/** Comments that would swallow what is written after the SQL when it is put into a larger statement. */
final class SqlComments {

    private SqlComments() {}

    /** A comment that does not end within the text. */
    static Optional<SqlCheck.Finding> check(CommonTokenStream tokens, SqlText text) {
        tokens.fill();
        return tokens.getTokens().stream()
                .filter(token -> token.getChannel() != Token.DEFAULT_CHANNEL)
                .filter(SqlComments::isOpen)
                .findFirst()
                .map(token -> text.finding(token, token, "is a comment that does not end; write it in YAML, behind #"));
    }

    private static boolean isOpen(Token token) {
        String comment = token.getText();
        return (comment.startsWith("--") && !comment.endsWith("\n"))
                || (comment.startsWith("/*") && !comment.endsWith("*/"));
    }
}
