package dev.beckon.worker.command;

import dev.beckon.worker.BadInput;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Exports of the suppression list beside each other, each named by its second. What has such a name is whole: a file is written under another
 * one, and gets its own when it is on the disk. Other files of the folder are nobody's business here.
 */
final class ExportFolder {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern EXPORT = Pattern.compile("suppressions-[0-9]{8}T[0-9]{6}Z\\.csv");
    private static final String UNFINISHED = ".unfinished";

    private final Path folder;

    /** @param folder which is there */
    ExportFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes an export; answers how many entries it has. */
    @FunctionalInterface
    interface Content {
        long to(Writer writer) throws IOException;
    }

    /**
     * One more file. A kill leaves the files that were there, and perhaps an unfinished one, which the next removes.
     *
     * @return what the content answered
     * @throws BadInput when the folder is none, or can't be written
     */
    long write(Instant now, Content content) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadInput("There is no folder " + folder + ".");
        }
        String name = "suppressions-" + SECOND.format(now) + ".csv";
        Path unfinished = folder.resolve(name + UNFINISHED);
        long count;
        try (Writer writer = OwnerOnly.newWriter(unfinished)) {
            count = content.to(writer);
        }
        // Before it has its name: a node that loses its power must not leave an empty file in place of the list.
        try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return count;
    }

    /**
     * Removes what is too old, and what a killed export left. To be called when a new one is whole, so that there are never fewer than so many.
     *
     * @return how many exports went
     */
    int keepNewest(int keep) throws IOException {
        List<String> names = names();
        for (String left : names.stream().filter(ExportFolder::isUnfinished).toList()) {
            Files.deleteIfExists(folder.resolve(left));
        }
        List<String> surplus = surplus(names, keep);
        for (String name : surplus) {
            Files.deleteIfExists(folder.resolve(name));
        }
        return surplus.size();
    }

    /** All exports, whole ones only. */
    List<Path> oldestFirst() throws IOException {
        return exports(names()).map(folder::resolve).toList();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Of the names in a folder those that are too many, the oldest. Pure. */
    static List<String> surplus(Collection<String> names, int keep) {
        List<String> exports = exports(names).toList();
        return exports.subList(0, Math.max(0, exports.size() - keep));
    }

    private static Stream<String> exports(Collection<String> names) {
        return names.stream().filter(name -> EXPORT.matcher(name).matches()).sorted(Comparator.naturalOrder());
    }

    private static boolean isUnfinished(String name) {
        return name.endsWith(UNFINISHED)
                && EXPORT.matcher(name.substring(0, name.length() - UNFINISHED.length()))
                        .matches();
    }
}
