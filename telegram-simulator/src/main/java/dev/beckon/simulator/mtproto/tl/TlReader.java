package dev.beckon.simulator.mtproto.tl;

import dev.beckon.simulator.mtproto.tl.TlType.Kind;
import dev.beckon.simulator.mtproto.tl.TlType.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Parses what clients send. Compressed objects ({@code gzip_packed}) come out as what they hold. */
public final class TlReader {
    private static final int GZIP_PACKED = 0x3072cfa1;
    /** More than any client sends; a bound against a few bytes that unpack to gigabytes. */
    private static final int LARGEST_UNPACKED = 16 << 20;
    /** More than the calls of any client have; a bound against an end of the stack. */
    private static final int DEEPEST = 64;

    private final TlSchema schema;

    public TlReader(TlSchema schema) {
        this.schema = schema;
    }

    /**
     * Reads one object; bytes after it stay unread, for encrypted payloads are padded.
     *
     * @throws TlException when the bytes fit no constructor of the schema
     */
    public TlObject read(byte[] bytes) {
        try {
            return boxed(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new TlException("the bytes end within an object");
        }
    }

    private TlObject boxed(ByteBuffer in, int depth) {
        if (depth > DEEPEST) {
            throw new TlException("objects within objects, more than " + DEEPEST + " deep");
        }
        int id = in.getInt();
        if (id == GZIP_PACKED) {
            return boxed(ByteBuffer.wrap(unpack(string(in))).order(ByteOrder.LITTLE_ENDIAN), depth + 1);
        }
        TlConstructor constructor = schema.find(id);
        if (constructor == null) {
            throw new TlException(String.format("the schema has no constructor with the id %08x", id));
        }
        return body(in, constructor, depth);
    }

    private TlObject body(ByteBuffer in, TlConstructor constructor, int depth) {
        TlObject object = TlObject.of(constructor.name());
        Map<String, Integer> flags = new HashMap<>();
        for (TlField field : constructor.fields()) {
            if (field.isFlags()) {
                flags.put(field.name(), in.getInt());
            } else if (!field.isConditional() || isSet(flags.getOrDefault(field.flags(), 0), field.bit())) {
                try {
                    object.set(
                            field.name(),
                            field.type().kind() == Kind.TRUE ? (Object) true : value(in, field.type(), depth));
                } catch (TlException e) {
                    throw e.in(constructor.name() + "." + field.name());
                }
            }
        }
        return object;
    }

    private static boolean isSet(int flags, int bit) {
        return (flags >>> bit & 1) == 1;
    }

    private Object value(ByteBuffer in, TlType type, int depth) {
        if (type.shape() == Shape.ONE) {
            return one(in, type, depth);
        }
        if (type.shape() == Shape.VECTOR && in.getInt() != TlWriter.VECTOR) {
            throw new TlException("a vector was expected");
        }
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new TlException("a vector of " + count + " elements in " + in.remaining() + " bytes");
        }
        List<Object> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(one(in, type.element(), depth));
        }
        return list;
    }

    private Object one(ByteBuffer in, TlType type, int depth) {
        return switch (type.kind()) {
            case INT -> in.getInt();
            case LONG -> in.getLong();
            case DOUBLE -> in.getDouble();
            case STRING -> new String(string(in), StandardCharsets.UTF_8);
            case BYTES -> string(in);
            case INT128 -> take(in, 16);
            case INT256 -> take(in, 32);
            case BOOL -> bool(in.getInt());
            case BOXED, ANY -> boxed(in, depth + 1);
            case BARE -> body(in, schema.get(type.name()), depth + 1);
            case FLAGS, TRUE -> throw new TlException("a flag has no value of its own");
        };
    }

    private static boolean bool(int id) {
        return switch (id) {
            case TlWriter.TRUE -> true;
            case TlWriter.FALSE -> false;
            default -> throw new TlException("a Bool was expected");
        };
    }

    private static byte[] string(ByteBuffer in) {
        int length = in.get() & 0xff;
        int header = 1;
        if (length == 254) {
            length = (in.get() & 0xff) | (in.get() & 0xff) << 8 | (in.get() & 0xff) << 16;
            header = 4;
        }
        byte[] bytes = take(in, length);
        in.position(in.position() + (4 - (length + header) % 4) % 4);
        return bytes;
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    /** TDLib deflates with zlib's header (RFC 1950) where the documentation says gzip; both are told by their first byte. */
    private static byte[] unpack(byte[] packed) {
        boolean gzip = packed.length > 0 && (packed[0] & 0xff) == 0x1f;
        try (InputStream in = gzip
                ? new GZIPInputStream(new ByteArrayInputStream(packed))
                : new InflaterInputStream(new ByteArrayInputStream(packed))) {
            byte[] unpacked = in.readNBytes(LARGEST_UNPACKED + 1);
            if (unpacked.length > LARGEST_UNPACKED) {
                throw new TlException("a packed object of more than " + LARGEST_UNPACKED + " bytes");
            }
            return unpacked;
        } catch (IOException e) {
            throw new TlException("a packed object that can't be unpacked: " + e.getMessage());
        }
    }
}
