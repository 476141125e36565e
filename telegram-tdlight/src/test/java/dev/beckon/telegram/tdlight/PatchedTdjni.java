package dev.beckon.telegram.tdlight;

import dev.beckon.simulator.mtproto.ClientFiles;
import dev.beckon.simulator.mtproto.LibraryPatch;
import dev.beckon.simulator.mtproto.crypto.RsaKey;
import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.telegram.tdlib.TdTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** tdlight-java's native library, made to trust the data centres of this JVM, where {@code java.library.path} has it found. */
final class PatchedTdjni {
    private static final String ORIGINAL = "beckon.tdlight.library";

    static final RsaKey KEY = RsaKey.generate();
    static final TdTransport TRANSPORT = transport();
    static final TlSchema SCHEMA = TlSchema.load(ClientFiles.inCache().schema());

    private PatchedTdjni() {}

    private static TdTransport transport() {
        Path original = Path.of(System.getProperty(ORIGINAL, ""));
        if (!Files.isRegularFile(original)) {
            throw new IllegalStateException(
                    "tdlight-java's native library is not at '" + original + "': name it with -D" + ORIGINAL
                            + "=/path/of/libtdjni.so (docs/tdlight.md tells where it comes from)");
        }
        ClientFiles.inCache().require();
        try {
            Path folder = Files.createDirectories(Path.of(System.getProperty("java.library.path")));
            LibraryPatch.write(original, KEY, folder.resolve(System.mapLibraryName("tdjni")));
            return TdlightTransport.ofThisProcess();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
