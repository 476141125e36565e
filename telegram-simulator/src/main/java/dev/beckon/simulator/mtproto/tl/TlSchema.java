package dev.beckon.simulator.mtproto.tl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All constructors and methods that the data centre understands: MTProto's own and those of one API layer. */
public final class TlSchema {
    private static final String FUNCTIONS = "---functions---";
    private static final String LAYER = "// LAYER ";

    private final Map<Integer, TlConstructor> byId = new HashMap<>();
    private final Map<String, TlConstructor> byName = new HashMap<>();
    private int layer;

    private TlSchema() {}

    /** Reads MTProto's constructors and the API's from the given file. */
    public static TlSchema load(Path api) {
        try {
            TlSchema schema = core();
            schema.add(Files.readAllLines(api));
            return schema;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the TL schema " + api + " can't be read; telegram-simulator/scripts/fetch-tdlib makes it", e);
        }
    }

    /** MTProto's constructors and those of the given lines of TL. */
    public static TlSchema parse(List<String> api) {
        TlSchema schema = core();
        schema.add(api);
        return schema;
    }

    private static TlSchema core() {
        TlSchema schema = new TlSchema();
        try (InputStream in = TlSchema.class.getResourceAsStream("/dev/beckon/simulator/mtproto/mtproto.tl")) {
            schema.add(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new IllegalStateException("mtproto.tl is missing from the class path", e);
        }
        return schema;
    }

    /** An API schema may repeat MTProto's constructors under other names; the ones read first stay. */
    private void add(List<String> lines) {
        boolean methods = false;
        for (String raw : lines) {
            String line = raw.strip();
            if (line.startsWith(LAYER)) {
                layer = Integer.parseInt(line.substring(LAYER.length()).strip());
            }
            if (line.equals(FUNCTIONS)) {
                methods = true;
            } else if (!line.isEmpty() && !line.startsWith("//")) {
                TlConstructor constructor = TlConstructor.parse(line, methods);
                if (byId.putIfAbsent(constructor.id(), constructor) == null) {
                    byName.putIfAbsent(constructor.name(), constructor);
                }
            }
        }
    }

    /** The API layer that the file names; 0 when it names none. */
    public int layer() {
        return layer;
    }

    /** Whether the layer, or MTProto itself, has a constructor or method of this name. */
    public boolean knows(String constructor) {
        return byName.containsKey(constructor);
    }

    TlConstructor find(int id) {
        return byId.get(id);
    }

    TlConstructor get(String name) {
        TlConstructor constructor = byName.get(name);
        if (constructor == null) {
            throw new TlException("the schema has no constructor '" + name + "'");
        }
        return constructor;
    }
}
