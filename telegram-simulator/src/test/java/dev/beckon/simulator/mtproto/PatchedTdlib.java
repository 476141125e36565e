package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.mtproto.crypto.RsaKey;
import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.telegram.SessionOptions;
import dev.beckon.telegram.tdlib.TdlibEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One patched library for all tests of this JVM: TDLib's code is large, and its state is global to the loaded file. All
 * data centres of the JVM have the one key that it trusts.
 */
final class PatchedTdlib {
    static final RsaKey KEY = RsaKey.generate();
    private static final Path LIBRARY = patched();
    static final TlSchema SCHEMA = TlSchema.load(ClientFiles.inCache().schema());

    private PatchedTdlib() {}

    private static Path patched() {
        ClientFiles.inCache().require();
        try {
            Path copy = Files.createTempDirectory("tdlib").resolve("libtdjson-patched.so");
            LibraryPatch.write(ClientFiles.inCache().library(), KEY, copy);
            copy.toFile().deleteOnExit();
            copy.getParent().toFile().deleteOnExit();
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TdlibEngine engine(InstantSource clock) {
        return TdlibEngine.load(LIBRARY, clock);
    }

    static SessionOptions options(Path directory, DataCentre dataCentre, Duration callTimeout) {
        SessionOptions.Proxy proxy =
                new SessionOptions.Proxy("127.0.0.1", dataCentre.port(), Optional.empty(), Optional.empty());
        return new SessionOptions(
                12345, "0123456789abcdef0123456789abcdef", directory, Optional.of(proxy), false, () -> callTimeout);
    }
}
