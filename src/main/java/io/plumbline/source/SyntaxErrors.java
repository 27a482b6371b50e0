package io.plumbline.source;

import io.plumbline.definition.SqlCheck;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;

/**
 * Remembers the first syntax error; those after it mostly follow from it.
 *
 * <p>The parser names the token at which it had to choose, which can be far before the one that is wrong: in {@code CASE
 * WHEN a THEN b ELS c END} it takes CASE for a column. Where it has looked ahead by more than one token, the last one that
 * it looked at is named instead.
 */
final class SyntaxErrors extends BaseErrorListener {

    static final String UNEXPECTED = "is not expected here";

    private final SqlText text;
    private final CommonTokenStream tokens;
    private Optional<SqlCheck.Finding> first = Optional.empty();

    SyntaxErrors(SqlText text, CommonTokenStream tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    Optional<SqlCheck.Finding> first() {
        return first;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            Object offending,
            int line,
            int column,
            String message,
            RecognitionException cause) {
        if (first.isEmpty() && offending instanceof Token token) {
            first = Optional.of(finding(wrong(token)));
        }
    }

    private Token wrong(Token named) {
        List<Token> ahead = tokens.getTokens().stream()
                .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
                .filter(token -> token.getTokenIndex() > named.getTokenIndex())
                .toList();
        return ahead.size() > 1 ? ahead.get(ahead.size() - 1) : named;
    }

    private SqlCheck.Finding finding(Token token) {
        return token.getType() == Token.EOF
                ? new SqlCheck.Finding(text.length(), text.length(), "comes too early; the SQL is not complete")
                : text.finding(token, token, UNEXPECTED);
    }
}
