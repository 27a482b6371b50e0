package io.plumbline.unitday;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;

/**
 * One column of a component's state. Null stands for no rows.
 *
 * @param name what follows the component in the column's name
 * @param type as SQL DDL
 * @param merge the aggregate that merges the part over days, over parts of days, and over leaves; it skips nulls
 */
public record StatePart(String name, String type, UnaryOperator<Column> merge) {}
