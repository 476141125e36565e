package dev.beckon.worker;

import dev.beckon.worker.command.ExportCommand;
import dev.beckon.worker.command.KeysCommand;
import dev.beckon.worker.command.MigrateCommand;
import dev.beckon.worker.command.RunCommand;
import dev.beckon.workorder.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The worker's main class. */
@Command(
        name = "worker",
        description =
                "Works with one Telegram account as a work order says. Exit codes are listed in docs/exit-codes.md.",
        subcommands = {
            RunCommand.Login.class,
            RunCommand.Invite.class,
            ExportCommand.class,
            MigrateCommand.class,
            KeysCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Worker {
    private Worker() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Runs a command line; the exit code is one of {@link ExitCode}. */
    public static int execute(String... args) {
        return new CommandLine(new Worker())
                .setExitCodeExceptionMapper(e -> ExitCode.INTERNAL.code())
                .execute(args);
    }
}
