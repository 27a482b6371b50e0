package io.plumbline.pipeline;

/** Why a day of a source is read. */
enum ReadReason {
    NEW("never read, or not for what is defined now"),
    CHANGED("data came, went or changed since it was read"),
    UNTOLD("the source cannot tell whether it has changed"),
    MOVED("exposures moved, and with them the edges of windows"),
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
