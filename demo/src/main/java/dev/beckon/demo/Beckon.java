package dev.beckon.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.beckon.demo.chaos.ChaosCommand;
import dev.beckon.demo.environment.Environment;
import dev.beckon.demo.environment.Interruption;
import dev.beckon.demo.environment.Programs;
import dev.beckon.demo.environment.StateLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
    /** As of a shell's program that Ctrl-C ended; the JVM, which the signal ends, gives the same. */
    private static final int INTERRUPTED = 130;

    public static void main(String[] arguments) {
        // The set-up of a worker's logs is on this class path too. Here a person reads, and servers are killed on
        // purpose.
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(Logger.ROOT_LOGGER_NAME)
                .setLevel(Level.OFF);
        System.exit(commands().execute(arguments));
    }

    /** The command line. */
    static CommandLine commands() {
        return commandLine(new Beckon());
    }

    /** A refusal is one sentence and exit code 1; only a wrong command line shows how it is used, with 2. */
    public static CommandLine commandLine(Object command) {
        CommandLine commands = new CommandLine(command);
        // What went wrong is for a person: the sentence, and the stack only when asked for.
        commands.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof Interruption.Stopped) {
                return INTERRUPTED;
            }
            line.getErr().println(line.getColorScheme().errorText("✗ " + sentence(failure)));
            if (System.getenv("BECKON_DEBUG") != null) {
                failure.printStackTrace(line.getErr());
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

        /** The same, with the world that was asked for: one that could not be read is not what an environment goes on with. */
        String toldWithWorld() {
            return told() + (world == null ? "" : " WORLD=" + world);
        }

        /** Whether the examples' accounts and chats are there. */
        boolean isDemo() {
            try {
                // An environment keeps a copy of the world that it was begun with.
                return Files.mismatch(file(), demoWorld()) == -1;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path demoWorld() {
            return checkout().resolve("examples/worlds/demo.yaml");
        }

        /**
         * The environment, which is nobody else's until this JVM ends.
         *
         * @throws IllegalStateException when there is no world file that can be read, or another command works in the folder
         */
        Environment environment() {
            Path file = file();
            if (!Files.isRegularFile(file)) {
                throw new IllegalStateException(
                        "There is no world file " + file + (Files.exists(file) ? ": it is no file." : "."));
            }
            if (!Files.isReadable(file)) {
                throw new IllegalStateException("The world file " + file + " can't be read: see its permissions.");
            }
            return anyEnvironment("make up");
        }

        /** For what needs no world: stopping works also when its file is gone. */
        Environment anyEnvironment(String command) {
            StateLock.hold(state, command);
            return unlocked();
        }

        /** For stopping what runs in a folder that can't be written to any more, such as one on a full disk. */
        Environment unlocked() {
            return new Environment(state, file(), programs());
        }

        /** Without one given, an environment goes on with the world it was begun with. */
        private Path file() {
            return Optional.ofNullable(world)
                    .or(() -> Environment.worldOf(state))
                    .orElseGet(Where::demoWorld);
        }
    }

    @Command(name = "up", description = "Start everything and leave it running.")
    static final class Up implements Runnable {
        @CommandLine.Mixin
        Where where;

        @Override
        public void run() {
            Environment environment = where.environment();
            environment.check();
            Progress progress = new Progress();
            String gateway = start(environment, progress);
            progress.say("");
            progress.say("  export KUBECONFIG=" + environment.cluster().kubeconfig());
            progress.say("  export PATH=" + environment.cluster().kubeconfig().resolveSibling("bin") + ":$PATH");
            progress.say("");
            progress.say("Then, for example:");
            if (where.isDemo()) {
                examples(Instant.now()).forEach(line -> progress.say("  " + line));
                progress.say("  # Fred logs in by a QR code. A phone of his scans it:");
                progress.say(
                        "  curl -X POST --get " + environment.telegram().control() + "accept-login -d account=fred \\");
                progress.say(
                        "    --data-urlencode \"link=$(kubectl get tga fred -o jsonpath='{.status.login.qrLink}')\"");
            } else {
                progress.say(
                        "  # An account and a campaign for your world: docs/world-file.md, \"Log in, and invite somebody\"");
            }
            if (!DaytimeZone.isDay(Instant.now())) {
                progress.say(
                        "  # A campaign without pacing.window works from 09:00 to 20:00 in Etc/UTC. Now it is day in "
                                + DaytimeZone.at(Instant.now()) + ".");
            }
            progress.say("  kubectl get campaigns -w");
            progress.say("  kubectl explain campaign.spec.pacing");
            progress.say("  export GATEWAY=" + gateway + "   # takes webhooks: examples/webhook/h-webhook.yaml");
            progress.say("  curl " + environment.telegram().truth() + "contacts      # what Telegram saw");
            progress.say("");
            progress.say("`make down" + where.told() + "` stops it.");
        }

        /** @return where the gateway listens */
        private String start(Environment environment, Progress progress) {
            boolean ran = environment.runs();
            try (Interruption interruption = new Interruption(() -> interrupted(environment, ran, progress))) {
                try {
                    environment.up(progress);
                    return environment.openGateway(progress);
                } catch (Interruption.Stopped told) {
                    throw told;
                } catch (RuntimeException failure) {
                    if (environment.runs()) {
                        progress.say(goesOn("\nWhat was started runs on"));
                    }
                    throw failure;
                } finally {
                    interruption.dismiss();
                }
            }
        }

        /** Ctrl-C: what this command started is stopped again; what somebody had left running before is not ours to stop. */
        private void interrupted(Environment environment, boolean ran, Progress progress) {
            if (ran) {
                progress.say(goesOn("\nWhat ran before runs on"));
            } else {
                progress.say("\nStopping:");
                environment.down(progress);
            }
        }

        private String goesOn(String what) {
            return what + ": `make up" + where.toldWithWorld() + "` goes on with it, `make down" + where.told()
                    + "` stops it.";
        }

        /** Quiet hours hold here too: by night the examples would wait for the morning of their time zone. */
        private static List<String> examples(Instant now) {
            return DaytimeZone.isDayInTheExamples(now)
                    ? List.of("kubectl apply -f examples/")
                    : List.of(
                            "# It is night where the examples live; in another time zone they begin now:",
                            "for file in examples/*.yaml; do sed 's|timeZone: Etc/GMT|timeZone: " + DaytimeZone.at(now)
                                    + "|' $file | kubectl apply -f -; done");
        }
    }

    @Command(name = "down", description = "Stop what `up` started.")
    static final class Down implements Runnable {
        @CommandLine.Mixin
        Where where;

        @Override
        public void run() {
            if (!Environment.isIn(where.state)) {
                new Progress().say("Nothing runs: there is no environment in " + where.state + ".");
                return;
            }
            Progress progress = new Progress();
            Environment environment;
            try {
                environment = where.anyEnvironment("make down");
            } catch (UncheckedIOException unwritable) {
                progress.say("Nobody else can be kept from working in " + where.state + " (" + unwritable.getMessage()
                        + "); what runs there is stopped all the same.");
                environment = where.unlocked();
            }
            environment.down(progress);
            progress.say("\nIts data stays in " + where.state + ": `make up" + where.told()
                    + "` goes on with it; remove the folder to forget it.");
        }
    }
}
