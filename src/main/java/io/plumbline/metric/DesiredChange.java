package io.plumbline.metric;

/** The direction of change that is an improvement. */
public enum DesiredChange {
    INCREASE,
    DECREASE,
    NONE
}
