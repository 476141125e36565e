package dev.beckon.workorder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** Of our own fields; what else stands where a name should may be anything. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,40}");

    /** In Jackson's words, of a part that a record needs. */
    private static final Pattern CREATOR_PROPERTY = Pattern.compile("creator property '([A-Za-z]{1,40})'");

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

    /** Where the document is wrong, and nothing of what stands there: it may be a person, a message or an invite link. */
    private static String problem(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            return "it is no JSON document";
        }
        List<String> path = new ArrayList<>();
        for (JsonMappingException.Reference part : mapping.getPath()) {
            String name = part.getFieldName();
            path.add(
                    name == null
                            ? "[" + part.getIndex() + "]"
                            : NAME.matcher(name).matches() ? name : "…");
        }
        Matcher creator = CREATOR_PROPERTY.matcher(e.getOriginalMessage());
        if (creator.find() && (path.isEmpty() || !path.getLast().equals(creator.group(1)))) {
            path.add(creator.group(1));
        }
        String where = path.isEmpty() ? "the document" : String.join(".", path);
        return e instanceof UnrecognizedPropertyException
                ? where + " is not known to this release"
                : where + " is missing, or not of the form that it has to have";
    }

    private static <T> T read(String json, Class<T> type, String what) {
        T value;
        try {
            value = JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no " + what + ": " + problem(e));
        }
        if (value == null) {
            throw new IllegalArgumentException("This is no " + what + ": it is null");
        }
        return value;
    }
}
