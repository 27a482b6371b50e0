package io.plumbline.pipeline;

import java.util.Collection;
import java.util.List;

/** The units of {@link CupedScenariosTest} as source files. */
final class CupedUnits {

    /** Some units of a kind: what they spent on the two days before, the day before these, on the day of exposure, after. */
    private static final String KINDS = """
            group      platform  units  two_days  earlier  same_day  after
            control    ios          30         0        0         0      9
            control    ios          30         0     1000       500     11
            control    android      60        10        0         0     29
            control    android      60        10     1000       500     31
            treatment  ios          60         0        0         0     12
            treatment  ios          60         0     1000       500     14
            treatment  android      30        10        0         0     32
            treatment  android      30        10     1000       500     34
            """;

    private CupedUnits() {}

    private static List<String[]> kinds() {
        return KINDS.lines().skip(1).map(line -> line.strip().split(" +")).toList();
    }

    static String events() {
        StringBuilder rows = new StringBuilder("user,at,shop,amount\n");
        for (String[] kind : kinds()) {
            for (int i = 0; i < Integer.parseInt(kind[2]); i++) {
                String user = String.join("-", kind) + "-" + i;
                if (!kind[3].equals("0")) {
                    rows.append(user).append(",2026-01-03T23:00:00Z,main,10\n");
                }
                if (!kind[4].equals("0")) {
                    rows.append(user)
                            .append(",2026-01-02T23:59:00Z,old,")
                            .append(kind[4])
                            .append('\n');
                    rows.append(user)
                            .append(",2026-01-05T00:00:00Z,main,")
                            .append(kind[5])
                            .append('\n');
                }
                rows.append(user)
                        .append(",2026-01-05T12:00:00Z,main,")
                        .append(kind[6])
                        .append('\n');
            }
        }
        return rows.toString();
    }

    /** In {@code few}, a third of the units; in {@code rare}, as many again nine times that never come. */
    static String exposures(Collection<String> experiments) {
        StringBuilder rows = new StringBuilder("user,experiment,group_name,at,platform\n");
        for (String[] kind : kinds()) {
            for (int i = 0; i < Integer.parseInt(kind[2]); i++) {
                String unit = String.join("-", kind) + "-" + i;
                String exposed = "," + kind[0] + ",2026-01-05T12:00:00Z," + kind[1] + "\n";
                for (String experiment : experiments) {
                    if (!experiment.equals("few") || i % 3 == 0) {
                        rows.append(unit).append(',').append(experiment).append(exposed);
                    }
                }
                for (int other = 0; other < 9; other++) {
                    rows.append(unit)
                            .append("-other")
                            .append(other)
                            .append(",rare")
                            .append(exposed);
                }
            }
        }
        return rows.toString();
    }
}
