package dev.beckon.worker.command;

import dev.beckon.worker.BadInput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but their owner can read. */
final class OwnerOnly {
    private OwnerOnly() {}

    /**
     * A new file in place of one that may be there.
     *
     * @throws BadInput when it can't be made
     */
    static Writer newWriter(Path file) {
        return new OutputStreamWriter(newStream(file), StandardCharsets.UTF_8);
    }

    /** The same for bytes. */
    static OutputStream newStream(Path file) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new BufferedOutputStream(Files.newOutputStream(file));
        } catch (IOException e) {
            throw new BadInput(file + " can't be written: " + e.getMessage(), e);
        }
    }
}
