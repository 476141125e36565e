package dev.beckon.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.beckon.demo.chaos.ChaosCommand;
import dev.beckon.demo.environment.Environment;
import dev.beckon.demo.environment.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands behind the Makefile; they run from a built checkout. */
@Command(
        name = "beckon",
        description = "A whole Beckon on this machine.",
        mixinStandardHelpOptions = true,
        subcommands = {Beckon.Up.class, Beckon.Down.class, DemoCommand.class, ChaosCommand.class})
public final class Beckon {
    public static void main(String[] arguments) {
        // The set-up of a worker's logs is on this class path too. Here a person reads, and servers are killed on
        // purpose.
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(Logger.ROOT_LOGGER_NAME)
                .setLevel(Level.OFF);
        System.exit(commands().execute(arguments));
    }

    /** The command line. A refusal is one sentence and exit code 1; only a wrong command line shows how it is used, with 2. */
    static CommandLine commands() {
        CommandLine commands = new CommandLine(new Beckon());
        // What went wrong is for a person: the sentence, and the stack only when asked for.
        commands.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(command.getColorScheme().errorText("✗ " + sentence(failure)));
            if (System.getenv("BECKON_DEBUG") != null) {
                failure.printStackTrace(command.getErr());
            }
            return 1;
        });
        return commands;
    }

    private static String sentence(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** The checkout whose build runs. */
    public static Path checkout() {
        return Path.of(System.getProperty("beckon.checkout", "")).toAbsolutePath();
    }

    /** What was built in it. */
    public static Programs programs() {
        return Programs.of(checkout(), Path.of(System.getProperty("beckon.local-cluster", "")));
    }

    /** Where an environment lives and what its Telegram holds. */
    static final class Where {
        private static final String STATE = ".build/up";

        @Option(names = "--state", description = "the folder that holds the environment", defaultValue = STATE)
        Path state;

        @Option(names = "--world", description = "the world file of the Telegram simulator; the demo's by default")
        Path world;

        /** What `make` has to be told of the folder; nothing when it is the usual one. */
        String told() {
            return state.equals(Path.of(STATE)) ? "" : " STATE=" + state;
        }

        /** @throws IllegalStateException when there is no world file that can be read */
        Environment environment() {
            Path file = file();
            if (!Files.isRegularFile(file)) {
                throw new IllegalStateException(
                        "There is no world file " + file + (Files.exists(file) ? ": it is no file." : "."));
            }
            if (!Files.isReadable(file)) {
                throw new IllegalStateException("The world file " + file + " can't be read: see its permissions.");
            }
            return anyEnvironment();
        }

        /** For what needs no world: stopping works also when its file is gone. */
        Environment anyEnvironment() {
            return new Environment(state, file(), programs());
        }

        /** Without one given, an environment goes on with the world it was begun with. */
        private Path file() {
            return Optional.ofNullable(world)
                    .or(() -> Environment.worldOf(state))
                    .orElseGet(() -> checkout().resolve("examples/worlds/demo.yaml"));
        }
    }

    @Command(name = "up", description = "Start everything and leave it running.")
    static final class Up implements Runnable {
        @CommandLine.Mixin
        Where where;

        @Override
        public void run() {
            Environment environment = where.environment();
            Progress progress = new Progress();
            // Told after a failure and after Ctrl-C alike.
            Thread halfway = new Thread(() -> progress.say("\nWhat was started runs on: `make up" + where.told()
                    + "` goes on with it, `make down" + where.told() + "` stops it."));
            Runtime.getRuntime().addShutdownHook(halfway);
            environment.up(progress);
            Runtime.getRuntime().removeShutdownHook(halfway);
            progress.say("");
            progress.say("  export KUBECONFIG=" + environment.cluster().kubeconfig());
            progress.say("  export PATH=" + environment.cluster().kubeconfig().resolveSibling("bin") + ":$PATH");
            progress.say("");
            progress.say("Then, for example:");
            progress.say("  kubectl apply -f examples/");
            progress.say("  kubectl get campaigns -w");
            progress.say("  kubectl explain campaign.spec.pacing");
            progress.say("  curl " + environment.telegram().truth() + "contacts      # what Telegram saw");
            progress.say("");
            progress.say("`make down" + where.told() + "` stops it.");
        }
    }

    @Command(name = "down", description = "Stop what `up` started.")
    static final class Down implements Runnable {
        @CommandLine.Mixin
        Where where;

        @Override
        public void run() {
            if (!Files.exists(where.state)) {
                new Progress().say("Nothing runs: there is no folder " + where.state + ".");
                return;
            }
            where.anyEnvironment().down(new Progress());
        }
    }
}
