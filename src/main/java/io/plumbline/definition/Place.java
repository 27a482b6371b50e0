package io.plumbline.definition;

/**
 * A place in a project's files.
 *
 * @param file path relative to the project's folder, with slashes
 * @param line counted from 1
 * @param column counted from 1, in characters
 */
record Place(String file, int line, int column) {

    /** {@code file:line:column}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
