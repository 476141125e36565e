package dev.beckon.workorder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Reads and writes work orders and results. The same order always gives the same bytes, so its hash can name it. */
public final class WorkOrders {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private WorkOrders() {}

    /** As JSON with its keys sorted: equal orders have equal texts, and so equal digests. */
    public static String write(WorkOrder order) {
        return json(order);
    }

    /** As JSON with its keys sorted, as {@link #readResult} takes it. */
    public static String write(RunResult result) {
        return json(result);
    }

    /**
     * The only way in which an order comes to a worker.
     *
     * @throws IllegalArgumentException with a sentence when the document is no work order of a version we know, or asks for more
     *     than {@link Ceilings} allow
     */
    public static WorkOrder readOrder(String json) {
        WorkOrder order = read(json, WorkOrder.class, "work order");
        if (order.version() != WorkOrder.VERSION) {
            throw new IllegalArgumentException("The work order has version " + order.version() + ", this worker reads "
                    + WorkOrder.VERSION + ": operator and worker image must be of the same release");
        }
        Ceilings.require(order);
        return order;
    }

    /** @throws IllegalArgumentException with a sentence when the document is no result */
    public static RunResult readResult(String json) {
        return read(json, RunResult.class, "result");
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A work order or result can always be written", e);
        }
    }

    private static <T> T read(String json, Class<T> type, String what) {
        T value;
        try {
            value = JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            // The source is left out: it may hold people.
            e.clearLocation();
            throw new IllegalArgumentException("This is no " + what + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        if (value == null) {
            throw new IllegalArgumentException("This is no " + what + ": it is null");
        }
        return value;
    }
}
