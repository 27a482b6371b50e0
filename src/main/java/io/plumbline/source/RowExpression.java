package io.plumbline.source;

import io.plumbline.definition.SqlCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;

/** Finds in a parsed expression what cannot be computed from one row, and the columns that it reads. */
final class RowExpression {

    private final SqlText text;
    private final List<SqlCheck.Finding> findings = new ArrayList<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<String> parameters = new LinkedHashSet<>();

    RowExpression(SqlText text) {
        this.text = text;
    }

    /** Walks the tree without recursion, so that long chains of operators cannot exhaust the stack. */
    SqlCheck.Outcome check(ParserRuleContext tree) {
        Deque<ParserRuleContext> open = new ArrayDeque<>();
        open.push(tree);
        while (!open.isEmpty()) {
            ParserRuleContext context = open.pop();
            if (examine(context)) {
                for (int i = context.getChildCount() - 1; i >= 0; i--) {
                    if (context.getChild(i) instanceof ParserRuleContext child) {
                        open.push(child);
                    }
                }
            }
        }
        columns.removeIf(column -> parameters.contains(column.toLowerCase(Locale.ROOT)));
        return new SqlCheck.Outcome(findings, columns);
    }

    /** Whether to look at what is inside as well. */
    private boolean examine(ParserRuleContext context) {
        if (context instanceof SqlBaseParser.QueryContext) {
            return complain(context, "is a sub-query; the expression sees one row");
        }
        if (context instanceof SqlBaseParser.WindowSpecContext) {
            return complain(context.getParent(), "is a window function; the expression sees one row");
        }
        if (context instanceof SqlBaseParser.StarContext) {
            return complain(context, "stands for all columns; name one");
        }
        if (context.getClass().getSimpleName().contains("Parameter")) {
            return complain(context, "is a parameter marker; write the value, or use a variable");
        }
        if (isAlias(context)) {
            return complain(context, "names its result; leave the name out");
        }
        remember(context);
        return call(context);
    }

    private void remember(ParserRuleContext context) {
        if (context instanceof SqlBaseParser.ColumnReferenceContext) {
            columns.add(unquoted(text.of(context)));
        }
        if (context instanceof SqlBaseParser.LambdaContext) {
            for (int i = 0; i < context.getChildCount(); i++) {
                if (context.getChild(i) instanceof SqlBaseParser.IdentifierContext parameter) {
                    parameters.add(unquoted(text.of(parameter)).toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    private boolean call(ParserRuleContext context) {
        boolean windowed = hasWindow(context);
        if (context instanceof SqlBaseParser.CurrentLikeContext) {
            return check(context, context.getText(), 0);
        }
        if (context instanceof SqlBaseParser.TypeConstructorContext && isRelativeDate(context)) {
            return complain(context, "differs from run to run; write the date");
        }
        boolean called = context.getChildCount() > 2
                && context.getChild(1) instanceof TerminalNode second
                && second.getText().equals("(");
        return windowed || !called || check(context, context.getChild(0).getText(), context.getChildCount() - 3);
    }

    private boolean check(ParserRuleContext context, String function, int arguments) {
        return SqlFunctions.complaint(unquoted(function), arguments)
                .map(complaint -> complain(context, complaint))
                .orElse(true);
    }

    private static boolean hasWindow(ParserRuleContext context) {
        for (int i = 0; i < context.getChildCount(); i++) {
            if (context.getChild(i) instanceof SqlBaseParser.WindowSpecContext) {
                return true;
            }
        }
        return false;
    }

    /** {@code expression AS name} at the top; inside {@code struct(a AS b)} names are fine. */
    private static boolean isAlias(ParserRuleContext context) {
        ParseTree parent = context.getParent();
        return context instanceof SqlBaseParser.NamedExpressionContext
                && parent instanceof SqlBaseParser.SingleExpressionContext
                && context.getChildCount() > 1;
    }

    /** {@code DATE'today'} and its like are resolved when the query is parsed. */
    private static boolean isRelativeDate(ParserRuleContext context) {
        return context.getText().matches("(?s).*'\\s*(NOW|TODAY|TOMORROW|YESTERDAY)\\b.*");
    }

    private boolean complain(ParserRuleContext context, String complaint) {
        findings.add(text.finding(context.getStart(), context.getStop(), complaint));
        return false;
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("`") && name.endsWith("`");
        return quoted ? name.substring(1, name.length() - 1).replace("``", "`") : name;
    }
}
