package dev.beckon.demo.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A state folder is one command's at a time: two that start, stop or forget the same servers take them from each other. */
public final class StateLock {
    /** {@code scripts/nothing-runs} reads it too. */
    private static final String FILE = "lock";

    /** Not closed: the kernel takes each back when this JVM has ended, however it ends and whatever it still tidied up. */
    private static final Map<Path, FileChannel> HELD = new ConcurrentHashMap<>();

    private StateLock() {}

    /**
     * Makes the state folder this JVM's until its end.
     *
     * @param state made when absent
     * @param command what a person would know this JVM by, such as {@code make demo}
     * @throws IllegalStateException with a sentence when the folder is another command's, or can't be used at all
     */
    public static void hold(Path state, String command) {
        if (Files.exists(state) && !Files.isDirectory(state)) {
            throw new IllegalStateException(
                    state + " is no folder: give one that holds an environment, or a new one, with STATE=…");
        }
        try {
            Files.createDirectories(state);
            Path file = state.resolve(FILE).toAbsolutePath();
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new IllegalStateException(busy(state, Files.readString(file)));
            }
            HELD.put(file, channel);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    (ProcessHandle.current().pid() + " " + command + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder " + state + " can't be made or written to: choose another with STATE=…", e);
        }
    }

    /** @param holder what the one who has the lock wrote; nothing when it came just now */
    private static String busy(Path state, String holder) {
        String[] words = holder.strip().split(" ", 2);
        if (words.length < 2) {
            return "Another command has just begun to work in " + state + ": wait until it has ended.";
        }
        return "`%s` is at work in %s (process %s): wait until it has ended, or end it with Ctrl-C there or `kill %s`."
                .formatted(words[1], state, words[0], words[0]);
    }
}
