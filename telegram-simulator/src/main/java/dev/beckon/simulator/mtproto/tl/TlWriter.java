package dev.beckon.simulator.mtproto.tl;

import dev.beckon.simulator.mtproto.tl.TlType.Kind;
import dev.beckon.simulator.mtproto.tl.TlType.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Serialises objects, and refuses what the schema does not allow: a field too much, a required one missing, a value of
 * another type. A client can't tell such an answer from a broken server, so it must not leave this process.
 */
public final class TlWriter {
    static final int VECTOR = 0x1cb5c415;
    static final int TRUE = 0x997275b5;
    static final int FALSE = 0xbc799737;

    private final TlSchema schema;

    public TlWriter(TlSchema schema) {
        this.schema = schema;
    }

    /** The object with its constructor's id before it. */
    public byte[] write(TlObject object) {
        ByteSink out = new ByteSink();
        boxed(out, object);
        return out.toByteArray();
    }

    /** What the given method answers; refused unless it is of the method's result type. */
    public byte[] writeResult(String method, Object result) {
        TlType type = schema.get(method).result();
        ByteSink out = new ByteSink();
        try {
            value(out, type, result);
        } catch (TlException e) {
            throw e.in(method);
        }
        return out.toByteArray();
    }

    private void boxed(ByteSink out, TlObject object) {
        TlConstructor constructor = schema.get(object.constructor());
        out.int32(constructor.id());
        body(out, constructor, object);
    }

    private void body(ByteSink out, TlConstructor constructor, TlObject object) {
        for (String name : object.names()) {
            if (!constructor.fieldNames().contains(name)) {
                throw new TlException("the constructor has no such field").in(constructor.name() + "." + name);
            }
        }
        for (TlField field : constructor.fields()) {
            try {
                field(out, constructor, field, object);
            } catch (TlException e) {
                throw e.in(constructor.name() + "." + field.name());
            }
        }
    }

    private void field(ByteSink out, TlConstructor constructor, TlField field, TlObject object) {
        Object value = object.raw(field.name());
        if (field.isFlags()) {
            out.int32(flags(constructor, field, object));
        } else if (field.type().kind() == Kind.TRUE) {
            if (value != null && !(value instanceof Boolean)) {
                throw new TlException("a flag is true or absent");
            }
        } else if (value != null) {
            value(out, field.type(), value);
        } else if (!field.isConditional()) {
            throw new TlException("a required field is missing");
        }
    }

    private static int flags(TlConstructor constructor, TlField flags, TlObject object) {
        int bits = 0;
        for (TlField field : constructor.fields()) {
            if (flags.name().equals(field.flags()) && isSet(field, object.raw(field.name()))) {
                bits |= 1 << field.bit();
            }
        }
        return bits;
    }

    private static boolean isSet(TlField field, Object value) {
        return field.type().kind() == Kind.TRUE ? Boolean.TRUE.equals(value) : value != null;
    }

    private void value(ByteSink out, TlType type, Object value) {
        if (type.shape() == Shape.ONE) {
            one(out, type, value);
            return;
        }
        List<?> list = cast(List.class, type, value);
        if (type.shape() == Shape.VECTOR) {
            out.int32(VECTOR);
        }
        out.int32(list.size());
        TlType element = type.element();
        for (int i = 0; i < list.size(); i++) {
            try {
                one(out, element, list.get(i));
            } catch (TlException e) {
                throw e.in("[" + i + "]");
            }
        }
    }

    private void one(ByteSink out, TlType type, Object value) {
        switch (type.kind()) {
            case INT -> out.int32(cast(Integer.class, type, value));
            case LONG -> out.int64(cast(Long.class, type, value));
            case DOUBLE -> out.int64(Double.doubleToLongBits(cast(Double.class, type, value)));
            case STRING -> out.string(cast(String.class, type, value).getBytes(StandardCharsets.UTF_8));
            case BYTES -> out.string(cast(byte[].class, type, value));
            case INT128 -> out.raw(sized(16, cast(byte[].class, type, value)));
            case INT256 -> out.raw(sized(32, cast(byte[].class, type, value)));
            case BOOL -> out.int32(cast(Boolean.class, type, value) ? TRUE : FALSE);
            case BOXED -> {
                TlObject object = cast(TlObject.class, type, value);
                TlType actual = schema.get(object.constructor()).result();
                if (!actual.equals(type)) {
                    throw new TlException(object.constructor() + " is a " + actual + ", not a " + type);
                }
                boxed(out, object);
            }
            case BARE -> body(out, schema.get(type.name()), cast(TlObject.class, type, value));
            case ANY -> boxed(out, cast(TlObject.class, type, value));
            case FLAGS, TRUE -> throw new TlException("a flag has no value of its own");
        }
    }

    private static byte[] sized(int length, byte[] value) {
        if (value.length != length) {
            throw new TlException("has " + value.length + " bytes instead of " + length);
        }
        return value;
    }

    private static <T> T cast(Class<T> wanted, TlType type, Object value) {
        if (!wanted.isInstance(value)) {
            throw new TlException("a " + value.getClass().getSimpleName() + " where the schema wants " + type);
        }
        return wanted.cast(value);
    }
}
