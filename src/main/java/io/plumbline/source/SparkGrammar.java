package io.plumbline.source;

import io.plumbline.definition.SqlCheck;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/**
 * Checks SQL with Spark's own grammar, without a session. Knows no tables and no types: a column that does not exist, or
 * an argument of the wrong type, is found when the source is opened.
 *
 * <p>Only context classes and texts of the grammar are used, never its token numbers: these change from version to
 * version of Spark, and would be compiled in.
 */
public final class SparkGrammar implements SqlCheck {

    private static final int MAX_LENGTH = 20_000;
    private static final int MAX_DEPTH = 40;

    @Override
    public Outcome rowExpression(String text) {
        return checked(text, SqlBaseParser::singleExpression, (tree, source) -> new RowExpression(source).check(tree));
    }

    @Override
    public Outcome query(String text) {
        String first = text.strip().toLowerCase(Locale.ROOT);
        if (!first.startsWith("select") && !first.startsWith("with") && !first.startsWith("(") && !comment(first)) {
            int start = text.indexOf(text.strip());
            int end = start;
            while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
                end++;
            }
            return wrong(start, end, "does not begin a query; write one SELECT statement, with WITH before it or not");
        }
        return checked(text, SqlBaseParser::query, (tree, source) -> new Outcome(List.of(), Set.of()));
    }

    @Override
    public Outcome tableSchema(String text) {
        return checked(text, SqlBaseParser::singleTableSchema, (tree, source) -> new Outcome(List.of(), Set.of()));
    }

    private static boolean comment(String text) {
        return text.startsWith("--") || text.startsWith("/*");
    }

    /** What follows once a text has been parsed. */
    private interface Examination {
        Outcome examine(ParserRuleContext tree, SqlText text);
    }

    private static Outcome checked(
            String text, Function<SqlBaseParser, ParserRuleContext> rule, Examination examination) {
        Optional<Outcome> tooMuch = tooMuch(text);
        if (tooMuch.isPresent()) {
            return tooMuch.get();
        }
        SqlText source = new SqlText(text);
        // The quick mode accepts nearly everything that is right; what it refuses is parsed again in full.
        Parsed quick = parse(source, rule, PredictionMode.SLL);
        Parsed parsed = quick.error().isEmpty() ? quick : parse(source, rule, PredictionMode.LL);
        return parsed.error()
                .map(error -> new Outcome(List.of(error), Set.of()))
                .orElseGet(() -> examination.examine(parsed.tree(), source));
    }

    /** Nesting makes the parser recurse, and slow: deep nesting is refused before it is parsed. */
    private static Optional<Outcome> tooMuch(String text) {
        if (text.isBlank()) {
            return Optional.of(wrong(0, 0, "comes before any SQL; write an expression"));
        }
        if (text.length() > MAX_LENGTH) {
            return Optional.of(wrong(
                    0, text.length(), "has more than " + MAX_LENGTH + " characters; put parts of it into `columns`"));
        }
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            if (depth > MAX_DEPTH) {
                return Optional.of(wrong(i, i + 1, "is nested more than " + MAX_DEPTH + " deep"));
            }
        }
        return Optional.empty();
    }

    private static Outcome wrong(int start, int end, String complaint) {
        return new Outcome(List.of(new Finding(start, end, complaint)), Set.of());
    }

    private static Parsed parse(SqlText text, Function<SqlBaseParser, ParserRuleContext> rule, PredictionMode mode) {
        SqlBaseLexer lexer = new SqlBaseLexer(CharStreams.fromString(text.upperCase()));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        SqlBaseParser parser = new SqlBaseParser(tokens);
        parser.removeErrorListeners();
        SyntaxErrors errors = new SyntaxErrors(text, tokens);
        parser.addErrorListener(errors);
        parser.getInterpreter().setPredictionMode(mode);
        try {
            ParserRuleContext tree = rule.apply(parser);
            Optional<Finding> comment = SqlComments.check(tokens, text);
            Optional<Finding> rest = tokens.LA(1) == Token.EOF
                    ? Optional.empty()
                    : Optional.of(text.finding(tokens.LT(1), tokens.LT(1), SyntaxErrors.UNEXPECTED));
            return new Parsed(tree, errors.first().or(() -> comment).or(() -> rest));
        } catch (StackOverflowError e) {
            return new Parsed(
                    new ParserRuleContext(),
                    Optional.of(new Finding(0, text.length(), "is nested too deeply; put parts of it into `columns`")));
        }
    }

    private record Parsed(ParserRuleContext tree, Optional<Finding> error) {}
}
