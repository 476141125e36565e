package dev.beckon.worker.command;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes an installation's keys, and rotates them. */
@Command(
        name = "keys",
        description = "Print a new keys.json, or an existing one with a key more. Keep it safe: without it the ledger's"
                + " people and sessions are lost.")
public final class KeysCommand implements Callable<Integer> {
    @Option(
            names = "--rotate",
            paramLabel = "FILE",
            description = "An existing keys.json, to which a new encryption key is added.")
    private Path rotate;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (rotate == null) {
            out.println(LedgerKeys.generate().toJson());
            return ExitCode.OK.code();
        }
        try {
            out.println(LedgerKeys.fromJson(Files.readString(rotate))
                    .withNewAeadKey()
                    .toJson());
            return ExitCode.OK.code();
        } catch (IOException e) {
            err.println(rotate + " can't be read: " + e.getMessage());
        } catch (LedgerException e) {
            err.println(e.getMessage());
        }
        return ExitCode.BAD_INPUT.code();
    }
}
