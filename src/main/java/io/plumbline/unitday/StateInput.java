package io.plumbline.unitday;

import io.plumbline.plan.PlannedComponent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the states of some components are in rows that a kernel reads: the numbers in one column, and behind it the other
 * states, in order of the components. Travels to the executors.
 */
public final class StateInput implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A part of the state of the component with an index. */
    record Place(int component, int part) implements Serializable {}

    private final int numbers;
    private final List<Integer> parts = new ArrayList<>();
    private final Map<Long, Place> places = new HashMap<>();
    private final List<Place> others = new ArrayList<>();

    /**
     * The states of components.
     *
     * @param first index of the first of the {@link #columns}
     */
    public StateInput(List<PlannedComponent> components, int first) {
        numbers = first;
        for (PlannedComponent component : components) {
            int count = States.parts(component.component().aggregate()).size();
            for (int part = 0; part < count; part++) {
                Place place = new Place(parts.size(), part);
                if (Numbers.hold(component)) {
                    places.put(Numbers.part(component, part), place);
                } else {
                    others.add(place);
                }
            }
            parts.add(count);
        }
    }

    /** The columns of unit-days in which the states are. */
    public static List<String> columns(List<PlannedComponent> components) {
        List<String> columns = new ArrayList<>(List.of(UnitDaySchema.NUMBERS));
        components.stream()
                .filter(component -> !Numbers.hold(component))
                .forEach(component -> States.parts(component.component().aggregate())
                        .forEach(part -> columns.add(component.column(part.name()))));
        return columns;
    }

    /** A reader of rows, one at a time. */
    public StateReader reader() {
        return new StateReader(numbers, parts, places, others);
    }
}
