package dev.beckon.simulator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.beckon.simulator.worldfile.WorldFileException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The simulator's command line. */
@Command(
        name = "telegram-simulator",
        description = "A Telegram of our own, on this machine only.",
        mixinStandardHelpOptions = true,
        subcommands = {Serve.class, Check.class})
public final class Simulator {
    /** What was asked for can't be done: wrong world file, folder in use, port taken. */
    static final int REFUSED = 1;

    private Simulator() {}

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
        int exit = run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
        System.exit(exit);
    }

    /** @return the exit code: 0 done, 1 refused with a sentence, 2 wrong arguments */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Simulator())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof WorldFileException || failure instanceof IllegalStateException) {
                        command.getErr().println(failure.getMessage());
                        return REFUSED;
                    }
                    if (failure instanceof UncheckedIOException io) {
                        command.getErr()
                                .println("a file or folder can't be used: "
                                        + io.getCause().getMessage());
                        return REFUSED;
                    }
                    throw failure;
                });
        if (arguments.length == 0) {
            line.usage(out);
            return 2;
        }
        return line.execute(arguments);
    }
}
