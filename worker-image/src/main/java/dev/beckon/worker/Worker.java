package dev.beckon.worker;

import dev.beckon.worker.command.DatasetCommand;
import dev.beckon.worker.command.ExportCommand;
import dev.beckon.worker.command.KeysCommand;
import dev.beckon.worker.command.MigrateCommand;
import dev.beckon.worker.command.PersonCommand;
import dev.beckon.worker.command.ReadyCommand;
import dev.beckon.worker.command.RetentionCommand;
import dev.beckon.worker.command.RunCommand;
import dev.beckon.worker.command.SuppressionCommand;
import dev.beckon.workorder.ExitCode;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The worker's main class. */
@Command(
        name = "worker",
        description =
                "Works with one Telegram account as a work order says. Exit codes are listed in docs/exit-codes.md.",
        subcommands = {
            RunCommand.Login.class,
            RunCommand.Invite.class,
            RunCommand.Parse.class,
            RunCommand.Publish.class,
            ExportCommand.class,
            SuppressionCommand.class,
            PersonCommand.class,
            DatasetCommand.class,
            RetentionCommand.class,
            MigrateCommand.class,
            ReadyCommand.class,
            KeysCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Worker {
    private Worker() {}

    public static void main(String[] args) {
        try {
            System.exit(execute(args));
        } catch (Error e) {
            // Exceptions are answered by the commands. After an Error the other threads would live on and renew the
            // lease for a worker that does nothing: nobody could use the account any more.
            LoggerFactory.getLogger(Worker.class)
                    .error("The worker ends at once: {}", e.getClass().getName());
            Runtime.getRuntime().halt(ExitCode.INTERNAL.code());
        }
    }

    /** Runs a command line; the exit code is one of {@link ExitCode}. */
    public static int execute(String... args) {
        return new CommandLine(new Worker())
                .setExitCodeExceptionMapper(
                        e -> e instanceof ParameterException ? ExitCode.USAGE.code() : ExitCode.INTERNAL.code())
                .execute(args);
    }
}
