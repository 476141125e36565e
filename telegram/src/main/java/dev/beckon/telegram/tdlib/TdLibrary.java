package dev.beckon.telegram.tdlib;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The four functions of {@code td_json_client}. */
@SuppressWarnings("restricted") // Calling native code is what this class is for.
final class TdLibrary {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout TEXT =
            ValueLayout.ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));

    private final MethodHandle createClientId;
    private final MethodHandle send;
    private final MethodHandle receive;
    private final MethodHandle execute;

    /**
     * @param library a path, or a {@linkplain #bareName bare name} such as {@code libtdjson.so}
     * @throws IllegalArgumentException with a sentence when it is no such library
     */
    TdLibrary(Path library) {
        SymbolLookup symbols = bareName(library) ? installed(library.toString()) : at(library);
        createClientId = find(symbols, library, "td_create_client_id", FunctionDescriptor.of(INT));
        send = find(symbols, library, "td_send", FunctionDescriptor.ofVoid(INT, ValueLayout.ADDRESS));
        receive = find(symbols, library, "td_receive", FunctionDescriptor.of(TEXT, ValueLayout.JAVA_DOUBLE));
        execute = find(symbols, library, "td_execute", FunctionDescriptor.of(TEXT, ValueLayout.ADDRESS));
    }

    /** Without a slash, it is no file here, but what the system's loader looks for: dlopen(3) makes the same distinction. */
    static boolean bareName(Path library) {
        return library.getParent() == null;
    }

    private static SymbolLookup at(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "TDLib's library is not at " + file + "; BECKON_TDLIB_LIBRARY names its path.");
        }
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " can't be loaded as a library: " + e.getMessage(), e);
        }
    }

    private static SymbolLookup installed(String name) {
        try {
            return SymbolLookup.libraryLookup(name, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "No library " + name + " that can be loaded is installed (" + e.getMessage()
                            + "); BECKON_TDLIB_LIBRARY names such a one, or TDLib's path.",
                    e);
        }
    }

    private static MethodHandle find(SymbolLookup symbols, Path library, String name, FunctionDescriptor type) {
        MemorySegment address = symbols.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        library + " is not TDLib: it has no function " + name + " (td_json_client is needed)"));
        return Linker.nativeLinker().downcallHandle(address, type);
    }

    int createClientId() {
        try {
            return (int) createClientId.invokeExact();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    void send(int client, String request) {
        try (Arena arena = Arena.ofConfined()) {
            send.invokeExact(client, arena.allocateFrom(request));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Waits for the next answer or update of any client. Only one thread at a time may call it. */
    Optional<String> receive(double seconds) {
        try {
            return text((MemorySegment) receive.invokeExact(seconds));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Runs one of the few requests that need no client. */
    Optional<String> execute(String request) {
        try (Arena arena = Arena.ofConfined()) {
            return text((MemorySegment) execute.invokeExact(arena.allocateFrom(request)));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** The text is copied at once, for TDLib frees it with the next call. */
    private static Optional<String> text(MemorySegment answer) {
        return answer.address() == 0 ? Optional.empty() : Optional.of(answer.getString(0));
    }

    private static RuntimeException failed(Throwable e) {
        return switch (e) {
            case RuntimeException known -> known;
            case Error fatal -> throw fatal;
            default -> new IllegalStateException("a call into TDLib failed", e);
        };
    }
}
