package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How rows are printed for people, spreadsheets and programs. */
class ListingTest {

    private final List<Map<String, Object>> rows = new ArrayList<>();

    @Test
    void a_table_is_aligned_and_leaves_out_what_no_row_has() {
        row("revenue", 12.5, null, List.of("core", "web"));
        row("carts", 3, null, null);
        assertThat(printed(Output.TABLE))
                .isEqualTo("name     value  tags\nrevenue   12.5  core, web\ncarts        3\n");
    }

    @Test
    void a_table_without_rows_still_names_its_columns() {
        assertThat(printed(Output.TABLE)).isEqualTo("name  value  empty  tags\n");
    }

    @Test
    void csv_quotes_what_would_break_it() {
        row("a, b", 1, null, null);
        row("say \"x\"", 2, null, null);
        row("two\nlines", 3, null, List.of("x"));
        assertThat(printed(Output.CSV))
                .isEqualTo(
                        "name,value,empty,tags\n\"a, b\",1,,\n\"say \"\"x\"\"\",2,,\n\"two\nlines\",3,,\"[\"\"x\"\"]\"\n");
    }

    @Test
    void json_is_an_array_with_one_object_per_line() {
        row("quote \" and \\ and \t", Double.NaN, null, List.of("x"));
        row("b", 2L, null, Map.of("k", true));
        assertThat(printed(Output.JSON)).isEqualTo("""
                        [
                        {"name":"quote \\" and \\\\ and \\t","value":null,"empty":null,"tags":["x"]},
                        {"name":"b","value":2,"empty":null,"tags":{"k":true}}
                        ]
                        """);
    }

    private void row(String name, Object value, Object empty, Object tags) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("value", value);
        row.put("empty", empty);
        row.put("tags", tags);
        rows.add(row);
    }

    private String printed(Output output) {
        StringWriter out = new StringWriter();
        new Listing(List.of("name", "value", "empty", "tags"), rows.iterator()).print(output, new PrintWriter(out));
        return out.toString();
    }
}
