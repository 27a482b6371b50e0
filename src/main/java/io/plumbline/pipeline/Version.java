package io.plumbline.pipeline;

/** The version of the program. */
public final class Version {

    private Version() {}

    /** As in the jar's manifest; {@code development} when the classes do not come from a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
