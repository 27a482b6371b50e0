package io.plumbline.benchmark;

import java.time.LocalDate;
import java.util.List;

/** Somebody who answers questions about experiments as of a day. */
interface Contender {

    /** In a few words. */
    String name();

    /** The numbers of the metrics in the experiments as of a day: those of all units exposed by then, and all events. */
    List<Answer> answer(LocalDate day, List<String> experiments, List<Question> questions);
}
