package dev.beckon.demo.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.simulator.worldfile.WorldFile;
import dev.beckon.simulator.worldfile.WorldFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Telegram of our own, as a process: {@code Simulator serve}. Its world survives {@link #kill}. */
public final class SimulatorProcess {
    private final Path state;
    private final Path wanted;
    private final Path world;
    private final int port;
    private final int truthPort;
    private final Reach reach;
    private final ProcessRecord process;

    /**
     * @param state its folder, made when absent
     * @param world the world file to begin with; when the folder was begun with one, the same
     */
    public SimulatorProcess(Path state, Path world, int port, int truthPort) {
        this(state, world, port, truthPort, Reach.THIS_MACHINE);
    }

    /** The same, for whoever reaches it from elsewhere. */
    SimulatorProcess(Path state, Path world, int port, int truthPort, Reach reach) {
        this.state = state;
        this.wanted = world;
        this.world = copyIn(state);
        this.port = port;
        this.truthPort = truthPort;
        this.reach = reach;
        this.process = new ProcessRecord(state.resolve("pid"));
    }

    /** The copy of the world file with which a state folder was begun. A file with a mistake begins nothing. */
    static Optional<Path> worldOf(Path state) {
        return Optional.of(copyIn(state))
                .filter(Files::exists)
                .filter(_ -> Files.exists(state.resolve("world.journal")));
    }

    private static Path copyIn(Path state) {
        return state.resolve("world.yaml");
    }

    /**
     * What a start would refuse; nothing is changed.
     *
     * @throws WorldFileException when the world file is wrong, with its every mistake
     * @throws IllegalStateException with a sentence when it is another than the folder was begun with
     */
    void checkWorld() {
        if (worldOf(state).isEmpty()) {
            WorldFile.read(wanted);
            return;
        }
        // What accounts and ledger remember is about one world: it can't become another one under them.
        try {
            if (Files.mismatch(world, wanted) != -1) {
                throw new IllegalStateException("this environment was begun with another world file than " + wanted
                        + ": choose another folder (STATE=…), or `make down STATE=" + state.getParent()
                        + "`, remove it and begin anew");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the world file " + wanted + " can't be compared with the one kept in " + state, e);
        }
    }

    /**
     * Starts it, unless it runs, and waits until it serves.
     *
     * @throws RuntimeException as {@link #checkWorld} does
     */
    public void start() {
        checkWorld();
        keepWorld();
        ProcessHandle simulator = process.find().orElseGet(this::launch);
        try {
            Readiness.await("Telegram", Duration.ofSeconds(60), simulator, () -> Files.exists(ready()));
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + ":\n" + said().strip(), e);
        }
    }

    private void keepWorld() {
        try {
            Files.createDirectories(state);
            if (!wanted.equals(world)) {
                Files.copy(wanted, world, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the world file " + wanted + " can't be kept in " + state, e);
        }
    }

    boolean runs() {
        return process.find().isPresent();
    }

    public void stop() {
        process.stop(Duration.ofSeconds(10));
    }

    public void kill() {
        process.kill();
    }

    /** The patched copy of TDLib that trusts this data centre, for the workers. */
    public String library() {
        return description().get("tdlibLibrary").asText();
    }

    /** The file with the key by which clients know this data centre. */
    public String publicKeyFile() {
        return description().get("publicKeyPem").asText();
    }

    /** Of the data centre, and of the SOCKS5 door to it. */
    public int port() {
        return port;
    }

    public String proxy() {
        return "socks5://" + reach.address() + ":" + port;
    }

    /** Where the truth door listens. */
    public String truth() {
        return "http://127.0.0.1:" + truthPort + "/truth/";
    }

    /** Where the control door listens: what a person or another device would do. */
    public String control() {
        return "http://127.0.0.1:" + truthPort + "/control/";
    }

    private ProcessHandle launch() {
        try {
            Files.deleteIfExists(ready());
            // What a former start said is no longer true.
            Files.deleteIfExists(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Background.start(
                List.of(
                        JavaProgram.executable(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.beckon.simulator.Simulator",
                        "serve",
                        "--world",
                        // Not our copy of it: a mistake is told with the name of the file that has it.
                        wanted.toString(),
                        "--state",
                        state.toString(),
                        "--port",
                        String.valueOf(port),
                        "--address",
                        reach.address(),
                        "--truth-port",
                        String.valueOf(truthPort),
                        // So that whoever tries a login by QR code has a phone to scan it with.
                        "--control"),
                log(),
                process);
    }

    private String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return "(its log " + log() + " can't be read)";
        }
    }

    private JsonNode description() {
        try {
            return new ObjectMapper().readTree(ready().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return state.resolve("simulator.log");
    }

    private Path ready() {
        return state.resolve("datacentre.json");
    }
}
