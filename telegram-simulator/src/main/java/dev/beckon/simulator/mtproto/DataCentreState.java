package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.mtproto.crypto.RsaKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** What a data centre keeps in its state folder besides the world's journal: its RSA key, and a client that trusts it. */
public final class DataCentreState {
    private final Path folder;
    private final RsaKey key;

    private DataCentreState(Path folder, RsaKey key) {
        this.folder = folder;
        this.key = key;
    }

    /** Opens the folder. The key is made once, so clients that were given it trust a restarted data centre as well. */
    public static DataCentreState open(Path folder) throws IOException {
        Path file = Files.createDirectories(folder).resolve("rsa-key.pkcs8");
        if (!Files.exists(file)) {
            // Whole or not at all, whenever the process ends.
            Path half = file.resolveSibling(file.getFileName() + ".new");
            Files.write(half, RsaKey.generate().pkcs8());
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rw-------"));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        }
        DataCentreState state = new DataCentreState(folder, RsaKey.fromPkcs8(Files.readAllBytes(file)));
        Files.writeString(state.publicKey(), state.key.publicPem() + "\n");
        return state;
    }

    public RsaKey rsaKey() {
        return key;
    }

    /** The file with the public key as PKCS #1 PEM, for clients that take one. */
    public Path publicKey() {
        return folder.resolve("rsa-key.pem").toAbsolutePath();
    }

    /** A copy of TDLib's library, in the folder, that trusts this data centre. */
    public Path patchedLibrary(Path original) throws IOException {
        Path copy = folder.resolve("libtdjson-patched.so").toAbsolutePath();
        LibraryPatch.write(original, key, copy);
        return copy;
    }
}
