package dev.beckon.simulator.mtproto.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the process at the other end of a loopback connection, through Linux's {@code /proc}: the connection's source
 * port gives a socket's inode, and the inode the process that holds it. That is what tells two uses of one auth key by
 * one process (which is fine) from those of two.
 */
final class PeerProcess {
    private static final Path PROC = Path.of("/proc");
    /** Processes seen lately; a client opens several connections, and looking through all of /proc costs milliseconds. */
    private static final Set<Path> SEEN = ConcurrentHashMap.newKeySet();

    private PeerProcess() {}

    /**
     * A name that no other process had or will have: its id and start time. A peer that can't be seen, for it runs in
     * another container or ended already, is named by its address.
     */
    static String of(Socket socket) {
        String fallback = "host " + socket.getInetAddress().getHostAddress();
        try {
            Optional<String> inode = inode(socket);
            return inode.flatMap(PeerProcess::holder).flatMap(PeerProcess::name).orElse(fallback);
        } catch (IOException e) {
            return fallback;
        }
    }

    private static Optional<String> inode(Socket socket) throws IOException {
        String port = hex(socket.getPort());
        String ourPort = hex(socket.getLocalPort());
        String address = littleEndian(socket.getInetAddress());
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(PROC.resolve("self").resolve(table))) {
                String[] words = line.strip().split("\\s+");
                if (words.length > 9 && words[1].endsWith(address + ":" + port) && words[2].endsWith(":" + ourPort)) {
                    return Optional.of("socket:[" + words[9] + "]");
                }
            }
        }
        return Optional.empty();
    }

    private static String hex(int port) {
        return String.format("%04X", port);
    }

    /** An IPv4 address as the table prints it; one mapped into IPv6 ends the same way. */
    private static String littleEndian(InetAddress address) {
        byte[] bytes = address.getAddress();
        StringBuilder text = new StringBuilder();
        for (int i = 3; i >= 0; i--) {
            text.append(String.format("%02X", bytes[bytes.length - 4 + i]));
        }
        return text.toString().toUpperCase(Locale.ROOT);
    }

    private static Optional<Path> holder(String inode) {
        SEEN.removeIf(process -> !Files.exists(process));
        Optional<Path> known =
                SEEN.stream().filter(process -> holds(process, inode)).findAny();
        if (known.isPresent()) {
            return known;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, inode)) {
                    SEEN.add(process);
                    return Optional.of(process);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** A process that ends while we look, or that we may not look into, does not hold it as far as we can tell. */
    private static boolean holds(Path process, String inode) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().equals(inode)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> name(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of("process " + process.getFileName() + " since " + afterName[19]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
