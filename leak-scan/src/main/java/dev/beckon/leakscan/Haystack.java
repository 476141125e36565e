package dev.beckon.leakscan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A place to look in.
 *
 * @param where for the sentence that tells of a find
 * @param content read when it is looked at: all logs of a run at once may be too many
 */
public record Haystack(String where, Supplier<byte[]> content) {
    /** One that was too large once goes on under its name with a number. A termination message is the log's last line. */
    private static final Pattern LOG = Pattern.compile(".*\\.log(\\.\\d+)?|termination-log");

    private static final String OURS = "beckon.dev/";

    /** @param where as a finding names the place */
    public static Haystack of(String where, String text) {
        return new Haystack(where, () -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Every log below a folder, also of pods that are gone if they were kept. */
    public static List<Haystack> logsBelow(Path folder) {
        List<Haystack> logs = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()
                            && LOG.matcher(file.getFileName().toString()).matches()) {
                        logs.add(ofFile(file));
                    }
                    return FileVisitResult.CONTINUE;
                }

                // Pods come and go meanwhile.
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return logs;
    }

    /**
     * An object of Kubernetes but for what users wrote themselves: the {@code spec} and the annotations of our resources are
     * theirs, {@code status.user} of an account is the team's own, and so is the beginning of its last post, which is public.
     */
    public static Haystack ofObject(JsonNode object) {
        JsonNode shown = object.deepCopy();
        if (object.path("apiVersion").asText().startsWith(OURS)) {
            ((ObjectNode) shown).remove("spec");
            if (shown.get("metadata") instanceof ObjectNode metadata) {
                metadata.remove(List.of("managedFields", "annotations"));
            }
            if (shown.get("status") instanceof ObjectNode status) {
                status.remove("user");
                if (status.get("lastPost") instanceof ObjectNode lastPost) {
                    lastPost.remove("text");
                }
            }
        }
        String where = object.path("kind").asText() + " "
                + object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
        return of(where, shown.toString());
    }

    /** Each object of a list, as {@code kubectl get … -o json} prints it. */
    public static List<Haystack> ofObjects(Iterable<JsonNode> objects) {
        List<Haystack> haystacks = new ArrayList<>();
        objects.forEach(object -> haystacks.add(ofObject(object)));
        return haystacks;
    }

    /** A file; one that is gone when it is to be read has nothing in it. */
    public static Haystack ofFile(Path file) {
        return new Haystack("the log " + file, () -> {
            try {
                return Files.readAllBytes(file);
            } catch (NoSuchFileException gone) {
                // Between the listing and this a pod may go: its log is then among those that were kept.
                return new byte[0];
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
