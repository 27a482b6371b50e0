package io.plumbline.plan;

import io.plumbline.definition.Project;
import io.plumbline.experiment.Crossover;
import io.plumbline.experiment.Experiment;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The exposures of an experiment as SQL. */
final class ExposureSql {

    private ExposureSql() {}

    /** Makes {@code exposures} the table that runs write. */
    static String view(Project project) {
        String table = project.warehouse() instanceof Project.Warehouse.Folder folder
                ? "delta." + SqlText.quoted(folder.path() + "/exposures")
                : ((Project.Warehouse.Schema) project.warehouse()).name() + ".exposures";
        return "-- First exposures, as runs write them\nCREATE OR REPLACE TEMPORARY VIEW exposures AS\nSELECT * FROM "
                + table;
    }

    /** Which rows of {@code exposures} are units of the experiment, as of a day; all must be true. */
    static List<String> conditions(Experiment experiment, LocalDate lastDay) {
        List<String> conditions = new ArrayList<>();
        conditions.add("experiment = " + SqlText.literal(experiment.name()));
        conditions.add("first_exposure_date <= " + SqlText.literal(lastDay));
        if (experiment.crossover() == Crossover.EXCLUDE) {
            conditions.add("(crossover_at IS NULL OR crossover_at >= " + SqlText.startOf(lastDay.plusDays(1)) + ")");
        }
        return conditions;
    }
}
