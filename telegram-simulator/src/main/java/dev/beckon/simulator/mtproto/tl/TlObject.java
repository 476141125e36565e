package dev.beckon.simulator.mtproto.tl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A value of a constructor, or a call of a method: its name and its fields. An absent conditional field is not there at
 * all; a conditional {@code true} is there exactly when its bit is set.
 *
 * <p>Printed without its fields, which may hold phones, texts and keys.
 */
public final class TlObject {
    private final String constructor;
    private final Map<String, Object> fields;

    private TlObject(String constructor, Map<String, Object> fields) {
        this.constructor = constructor;
        this.fields = fields;
    }

    /** An object without fields yet; {@link #set} adds them. */
    public static TlObject of(String constructor) {
        return new TlObject(constructor, new LinkedHashMap<>());
    }

    /** An object with the given field names and values in turn; a null or false value leaves its field out. */
    public static TlObject of(String constructor, Object... namesAndValues) {
        TlObject object = of(constructor);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    /** Adds a field; null leaves it out. */
    public TlObject set(String field, Object value) {
        if (value != null) {
            fields.put(field, value);
        }
        return this;
    }

    public String constructor() {
        return constructor;
    }

    /** @param name of a constructor or method of the schema */
    public boolean is(String name) {
        return constructor.equals(name);
    }

    /** Whether a conditional field is there. */
    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** Whether a Bool field, or a conditional {@code true}, is set. */
    public boolean flag(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    /** @throws TlException when the field is absent or not an int */
    public int integer(String field) {
        return get(field, Integer.class);
    }

    /** An int field, or the given value when it is absent. */
    public int integer(String field, int absent) {
        return has(field) ? integer(field) : absent;
    }

    /** @throws TlException when the field is absent or not a long */
    public long longInteger(String field) {
        return get(field, Long.class);
    }

    /** @throws TlException when the field is absent or not a string */
    public String string(String field) {
        return get(field, String.class);
    }

    /** @throws TlException when the field is absent or not bytes */
    public byte[] bytes(String field) {
        return get(field, byte[].class);
    }

    /** @throws TlException when the field is absent or not an object */
    public TlObject object(String field) {
        return get(field, TlObject.class);
    }

    /** @throws TlException when the field is absent or not a Vector of objects */
    public List<TlObject> objects(String field) {
        return list(field, TlObject.class);
    }

    /** @throws TlException when the field is absent or not a Vector of longs */
    public List<Long> longIntegers(String field) {
        return list(field, Long.class);
    }

    /** @throws TlException when the field is absent or not a Vector of ints */
    public List<Integer> integers(String field) {
        return list(field, Integer.class);
    }

    private <T> List<T> list(String field, Class<T> element) {
        return ((List<?>) get(field, List.class)).stream().map(element::cast).toList();
    }

    private <T> T get(String field, Class<T> type) {
        Object value = fields.get(field);
        if (!type.isInstance(value)) {
            throw new TlException(constructor + "." + field + " is "
                    + (value == null ? "absent" : "a " + value.getClass().getSimpleName()) + ", not a "
                    + type.getSimpleName());
        }
        return type.cast(value);
    }

    Object raw(String field) {
        return fields.get(field);
    }

    Set<String> names() {
        return fields.keySet();
    }

    @Override
    public String toString() {
        return constructor;
    }
}
