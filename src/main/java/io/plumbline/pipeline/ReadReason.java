package io.plumbline.pipeline;

/** Why a day of a source is read. */
enum ReadReason {
    NEW("never read"),
    EXPERIMENT("never read for an experiment as it is defined now"),
    EDGES("windows or experiments came or changed"),
    METRICS("metrics came or changed; only these are computed"),
    ADDED("files came since it was read; only these are read"),
    CHANGED("data came, went or changed since it was read"),
    UNTOLD("the source cannot tell whether it has changed"),
    PAIRED("ids were paired since, and with them the edges of windows"),
    MOVED("exposures moved, and with them the edges of windows"),
    RESTARTED("another day of the experiment has changed, and rows cannot be taken out of first exposures"),
    REFRESHED("everything is read again");

    private final String text;

    ReadReason(String text) {
        this.text = text;
    }

    /** For people. */
    String text() {
        return text;
    }
}
