package dev.beckon.simulator;

import dev.beckon.simulator.mtproto.ClientFiles;
import dev.beckon.simulator.mtproto.DataCentre;
import dev.beckon.simulator.mtproto.DataCentreState;
import dev.beckon.simulator.mtproto.tl.TlSchema;
import dev.beckon.simulator.truth.TruthDoor;
import dev.beckon.simulator.world.World;
import dev.beckon.simulator.worldfile.WorldFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a world until SIGTERM. */
@Command(
        name = "serve",
        description = "Serves a world on 127.0.0.1: a data centre for Telegram clients, and the truth door.",
        mixinStandardHelpOptions = true)
final class Serve implements Runnable {
    @Option(names = "--world", required = true, paramLabel = "FILE", description = "The world file (YAML).")
    private Path worldFile;

    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR",
            description = "Keeps what happens in the world; started again with it, the world goes on.")
    private Path stateDirectory;

    @Option(
            names = "--port",
            defaultValue = "0",
            paramLabel = "N",
            description = "Port of the data centre, and of the SOCKS5 door to it; 0 takes a free one.")
    private int port;

    @Option(
            names = "--address",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description =
                    "This machine's address at which the data centre listens, for clients in pods; the truth door stays on loopback.")
    private InetAddress address;

    @Option(
            names = "--truth-port",
            defaultValue = "0",
            paramLabel = "N",
            description = "Port of the truth door; 0 takes a free one.")
    private int truthPort;

    @Option(names = "--control", description = "Opens the control door too, which changes the world.")
    private boolean control;

    @Option(
            names = "--tdlib",
            paramLabel = "FILE",
            description = "libtdjson.so, of which a copy that trusts this data centre is made. Default: fetch-tdlib's.")
    private Path library = ClientFiles.inCache().library();

    @Option(names = "--schema", paramLabel = "FILE", description = "The API's TL schema. Default: fetch-tdlib's.")
    private Path schema = ClientFiles.inCache().schema();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        try {
            serve();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() throws IOException {
        new ClientFiles(library, schema).require();
        ReadyFile ready = ReadyFile.in(stateDirectory);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.countDown();
            awaitQuietly(stopped);
        });
        try (World world = World.open(WorldFile.read(worldFile), stateDirectory);
                TruthDoor truth = TruthDoor.open(world, truthPort, control)) {
            // A predecessor that was killed left its file.
            ready.delete();
            DataCentreState state = DataCentreState.open(stateDirectory);
            Path patched = state.patchedLibrary(library);
            try (DataCentre dataCentre =
                    DataCentre.start(world, TlSchema.load(schema), state.rsaKey(), address, port)) {
                Runtime.getRuntime().addShutdownHook(hook);
                ready.put("port", dataCentre.port());
                ready.put("truthPort", truth.port());
                ready.put("publicKeyPem", state.publicKey().toString());
                ready.put("tdlibLibrary", patched.toString());
                ready.write();
                spec.commandLine()
                        .getOut()
                        .printf(
                                "The world of %s is served on %s:%d; its truth is at http://127.0.0.1:%d/truth/%n",
                                worldFile, address.getHostAddress(), dataCentre.port(), truth.port());
                awaitQuietly(stop);
            }
            ready.delete();
        } finally {
            stopped.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
