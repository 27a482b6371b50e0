package io.plumbline.pipeline;

import io.plumbline.source.AddedFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that came since days were read, and that are read in one scan for all of these days.
 *
 * @param days in order
 */
record NewFiles(List<LocalDate> days, AddedFiles files) {

    /** As few scans as read no row twice: mostly one. */
    static List<NewFiles> of(Collection<LocalDate> days, Reading reading) {
        List<NewFiles> scans = new ArrayList<>();
        for (LocalDate day : days) {
            AddedFiles files = reading.added(day).orElseThrow();
            join(scans, new NewFiles(List.of(day), files));
        }
        return scans;
    }

    private static void join(List<NewFiles> scans, NewFiles one) {
        for (int i = 0; i < scans.size(); i++) {
            Optional<NewFiles> both = scans.get(i).and(one);
            if (both.isPresent()) {
                scans.set(i, both.get());
                return;
            }
        }
        scans.add(one);
    }

    private Optional<NewFiles> and(NewFiles other) {
        List<LocalDate> both =
                Stream.concat(days.stream(), other.days.stream()).sorted().toList();
        return files.and(other.files).map(together -> new NewFiles(both, together));
    }
}
