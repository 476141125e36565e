package dev.beckon.worker.command;

import dev.beckon.worker.BadInput;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * Where a command writes people to. It has to be said, also that it is standard output: that of a pod's own command is kept
 * as its log.
 */
public final class Output {
    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description =
                    "Write here; only its owner can read it. - is standard output: of a pod's own command that is its log,"
                            + " where people must not stand.")
    private Path file;

    boolean isStandardOutput() {
        return file.toString().equals("-");
    }

    /** @throws BadInput when the file can't be made */
    Writer writer() {
        return new OutputStreamWriter(stream(), StandardCharsets.UTF_8);
    }

    /** The same for bytes. */
    OutputStream stream() {
        return isStandardOutput() ? standardOutput() : OwnerOnly.newStream(file);
    }

    private static OutputStream standardOutput() {
        return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)) {
            @Override
            public void close() throws IOException {
                // It is the process's.
                flush();
            }
        };
    }
}
