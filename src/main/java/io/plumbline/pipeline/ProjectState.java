package io.plumbline.pipeline;

import io.plumbline.definition.DefinitionName;
import io.plumbline.definition.Modified;
import io.plumbline.definition.Project;
import io.plumbline.definition.Selected;
import io.plumbline.plan.DefinitionHashes;
import io.plumbline.warehouse.RunLog;
import io.plumbline.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the definitions of a project stand to what runs have computed. Each is compared with the newest run that was to compute
 * it. What that run could not compute differs, and so does what is new: no run knows it, or the newest whole run did not.
 */
final class ProjectState {

    private final Project project;
    private final RunLog runs;

    ProjectState(Project project, Warehouse warehouse) {
        this.project = project;
        this.runs = new RunLog(warehouse);
    }

    /**
     * The definitions that differ; all of them before the first run.
     *
     * @throws UnknownStateException if there were runs and none says what it has computed
     */
    Modified modified() {
        Map<DefinitionName, String> hashes = DefinitionHashes.of(project);
        Map<DefinitionName, String> computed = new HashMap<>();
        Set<DefinitionName> open = new HashSet<>(hashes.keySet());
        List<String> seen = new ArrayList<>();
        runs.walk(run -> {
            seen.add(run.runId());
            boolean whole = !run.command().equals(Plumbline.PART);
            open.removeIf(name -> {
                String hash = run.definitions().get(name.text());
                if (hash != null) {
                    computed.put(name, hash);
                }
                return hash != null || whole;
            });
            return !open.isEmpty();
        });
        if (seen.isEmpty() && runs.hasResults()) {
            throw new UnknownStateException(
                    "the runs in this warehouse do not say which definitions they have computed,"
                            + " so that it is not known what has been modified since; run `plumbline run` once without"
                            + " state:modified");
        }
        return new Modified(
                Selected.of(project, name -> !hashes.getOrDefault(name, "").equals(computed.get(name))),
                seen.stream().findFirst());
    }
}
