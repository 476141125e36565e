package dev.beckon.worker.command;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an installation's keys, and adds to them. */
@Command(
        name = "keys",
        description = "Print a new keys.json, or an existing one with a key more. Keep it safe: without it the ledger's"
                + " people and sessions are lost.")
public final class KeysCommand implements Callable<Integer> {
    @ArgGroup
    private Existing existing;

    @Spec
    private CommandSpec spec;

    /** One key at a time: in which order Secrets are changed is another for each kind (docs/ledger.md). */
    private static final class Existing {
        @Option(
                names = "--rotate",
                required = true,
                paramLabel = "FILE",
                description =
                        "An existing keys.json, to which a new encryption key is added. It encrypts from then on.")
        private Path rotate;

        @Option(
                names = "--add-lookup-key",
                required = true,
                paramLabel = "FILE",
                description = "An existing keys.json, to which a new look-up key is added. The others stay, for ever:"
                        + " who was erased is found by no new one.")
        private Path addLookupKey;

        Path file() {
            return rotate == null ? addLookupKey : rotate;
        }

        LedgerKeys extended(LedgerKeys keys) {
            return rotate == null ? keys.withNewLookupKey() : keys.withNewAeadKey();
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (existing == null) {
            out.println(LedgerKeys.generate().toJson());
            return ExitCode.OK.code();
        }
        try {
            LedgerKeys keys = LedgerKeys.fromJson(Files.readString(existing.file()));
            out.println(existing.extended(keys).toJson());
            return ExitCode.OK.code();
        } catch (IOException e) {
            err.println(existing.file() + " can't be read: " + e.getMessage());
        } catch (LedgerException e) {
            err.println(e.getMessage());
        }
        return ExitCode.BAD_INPUT.code();
    }
}
