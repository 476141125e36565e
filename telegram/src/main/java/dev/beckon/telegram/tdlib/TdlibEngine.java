package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.TelegramEngine;
import dev.beckon.telegram.TelegramSession;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Speaks with Telegram through TDLib. */
public final class TdlibEngine implements TelegramEngine {
    /** TDLib's state is global to a loaded library, so there is one receiver for each in a process. */
    private static final Map<Path, TdReceiver> LOADED = new ConcurrentHashMap<>();

    private final TdTransport transport;
    private final InstantSource clock;

    private TdlibEngine(TdTransport transport, InstantSource clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /**
     * Loads TDLib, or TDLight's native build. Tested with 1.8.67; the answers of 1.8.62 that differ are read, too.
     *
     * @param library the path of {@code libtdjson}, or its name alone, by which the system's loader finds it
     * @param clock Telegram's time, as good as this machine knows it
     * @throws IllegalArgumentException with a sentence when it is no such library
     */
    public static TdlibEngine load(Path library, InstantSource clock) {
        Path known = TdLibrary.bareName(library) ? library : library.toAbsolutePath();
        return new TdlibEngine(LOADED.computeIfAbsent(known, TdlibEngine::start), clock);
    }

    /** Over another way to TDLib than {@code td_json_client}. */
    public static TdlibEngine over(TdTransport transport, InstantSource clock) {
        return new TdlibEngine(transport, clock);
    }

    /** TDLib writes its log to standard error, and at its usual level it tells of people: only what kills us stays. */
    private static TdReceiver start(Path file) {
        TdLibrary library = new TdLibrary(file);
        ObjectNode quiet = Td.object("setLogVerbosityLevel").put("new_verbosity_level", 0);
        library.execute(Td.print(quiet));
        return new TdReceiver(library);
    }

    @Override
    public TelegramSession open(SessionOptions options) {
        return TdlibSession.open(transport, options, clock);
    }
}
