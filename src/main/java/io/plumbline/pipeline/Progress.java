package io.plumbline.pipeline;

/** Follows a run step by step. */
public interface Progress {

    /** Looks away. */
    Progress NONE = new Progress() {
        @Override
        public void started(int index, int steps, String name, String subject) {}

        @Override
        public void finished(int index, int steps, StepReport report) {}
    };

    /** A step begins; index counts from 1. */
    void started(int index, int steps, String name, String subject);

    /** A step has ended; index counts from 1. */
    void finished(int index, int steps, StepReport report);
}
