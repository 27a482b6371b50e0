package io.plumbline.definition;

/**
 * Which definition is meant; names are unique only within a category.
 *
 * @param category what kind of definition it is
 * @param name its name
 */
public record DefinitionName(Category category, String name) {

    /** As written in tables: {@code metric:revenue}. */
    public String text() {
        return category.label() + ":" + name;
    }
}
