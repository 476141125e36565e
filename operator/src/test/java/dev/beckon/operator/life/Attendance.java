package dev.beckon.operator.life;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who works when, told by connections that live as long as their process: a second worker of an account is seen even while
 * the API server is away.
 */
final class Attendance implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, List<String>> present = new HashMap<>();
    private final Map<String, Socket> sockets = new HashMap<>();
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();

    Attendance() {
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("attendance").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Each worker that ever came, as {@code <task> <account uid> <namespace>/<owner>}. */
    List<String> all() {
        return List.copyOf(all);
    }

    /** Moments at which an account had two workers. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    /**
     * Has a worker go on that waits for a word of the test's.
     *
     * @return false while there is none for that task and account
     */
    synchronized boolean goOn(String task, String accountUid) {
        Socket socket = sockets.get(task + " " + accountUid);
        if (socket == null) {
            return false;
        }
        try {
            socket.getOutputStream().write('\n');
            socket.getOutputStream().flush();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> attend(socket));
            } catch (IOException e) {
                // The server was closed: the tests are over.
                return;
            }
        }
    }

    private void attend(Socket socket) {
        String line = "";
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            line = in.readLine();
            if (line == null) {
                return;
            }
            comes(line, socket);
            while (in.readLine() != null) {
                // Nothing more is said until the process ends.
            }
        } catch (IOException e) {
            // A killed process resets its connection: it is gone all the same.
        } finally {
            goes(line);
        }
    }

    private synchronized void comes(String line, Socket socket) {
        all.add(line);
        sockets.put(taskAndAccount(line), socket);
        List<String> now = present.computeIfAbsent(account(line), key -> new ArrayList<>());
        now.add(line);
        if (now.size() > 1) {
            violations.add(String.join(" and ", now));
        }
    }

    private synchronized void goes(String line) {
        if (line != null && !line.isEmpty()) {
            present.getOrDefault(account(line), new ArrayList<>()).remove(line);
            sockets.remove(taskAndAccount(line));
        }
    }

    private static String taskAndAccount(String line) {
        return line.substring(0, line.lastIndexOf(' '));
    }

    private static String account(String line) {
        return line.split(" ", -1)[1];
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
