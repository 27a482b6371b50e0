package io.plumbline.unittotal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The values of one row of {@link UnitValues} as bytes: for every measure with data its number, INT, its numerator and its
 * denominator, DOUBLE. As an array of structs a value would become five objects on its way through Spark.
 */
final class PackedValues {

    private static final int BYTES = Integer.BYTES + 2 * Double.BYTES;

    private ByteBuffer buffer = ByteBuffer.allocate(64 * BYTES);

    /** Begins a row. */
    void clear() {
        buffer.clear();
    }

    /** Adds the values of a measure. */
    void add(int measure, double numerator, double denominator) {
        if (buffer.remaining() < BYTES) {
            buffer.flip();
            buffer = ByteBuffer.allocate(2 * buffer.capacity()).put(buffer);
        }
        buffer.putInt(measure).putDouble(numerator).putDouble(denominator);
    }

    /** The values of the row. */
    byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** Takes values one after the other. */
    interface Sink {
        void take(int measure, double numerator, double denominator);
    }

    /** Reads values in the order in which they were added. */
    static void read(byte[] packed, Sink sink) {
        ByteBuffer values = ByteBuffer.wrap(packed);
        while (values.hasRemaining()) {
            sink.take(values.getInt(), values.getDouble(), values.getDouble());
        }
    }
}
