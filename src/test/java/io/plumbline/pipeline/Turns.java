package io.plumbline.pipeline;

import java.util.Random;

/** Has two runs wait for each other at some of their steps, as dice fall, so that their steps mix in many ways. */
final class Turns {

    private final Random random;
    private final int[] begun = new int[2];
    private final boolean[] ended = new boolean[2];
    private final boolean[] waiting = new boolean[2];

    Turns(Random random) {
        this.random = random;
    }

    /** One of the two runs, 0 or 1. */
    Turn of(int run) {
        return new Turn(run);
    }

    private synchronized void begin(int run) {
        begun[run]++;
        notifyAll();
        if (random.nextBoolean()) {
            await(run, 1 - run, begun[1 - run] + 1 + random.nextInt(3));
        }
    }

    /** Until the other has come to a step or has ended, but never both. */
    private void await(int run, int other, int step) {
        waiting[run] = true;
        while (begun[other] < step && !ended[other] && !waiting[other]) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        waiting[run] = false;
    }

    private synchronized void end(int run) {
        ended[run] = true;
        notifyAll();
    }

    /** Follows one of the runs; closed at its end. */
    final class Turn implements Progress, AutoCloseable {

        private final int run;

        private Turn(int run) {
            this.run = run;
        }

        @Override
        public void started(int index, int steps, String name, String subject) {
            begin(run);
        }

        @Override
        public void finished(int index, int steps, StepReport report) {}

        @Override
        public void close() {
            end(run);
        }
    }
}
