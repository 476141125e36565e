package dev.beckon.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Maven artifact.
 *
 * @param classifier empty for most
 */
record Artifact(String group, String name, String version, String classifier) {
    /** As {@code dependency:list} writes it: group, name, type, perhaps classifier, version, scope. */
    private static final Pattern MAVEN =
            Pattern.compile("\\s*([^:\\s]+):([^:\\s]+):jar:(?:([^:\\s]+):)?([^:\\s]+):(?:compile|runtime)\\b.*");
    /** As Quarkus writes it: group, name, classifier or nothing, type, version. */
    private static final Pattern QUARKUS = Pattern.compile("([^:\\s]+):([^:\\s]+):([^:\\s]*):jar:([^:\\s]+)");

    /** The artifacts of a list that Maven or Quarkus wrote, by the names that their jars have in a distribution. */
    static Map<String, Artifact> list(Path file) throws IOException {
        Map<String, Artifact> artifacts = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher maven = MAVEN.matcher(line);
            Matcher quarkus = QUARKUS.matcher(line);
            if (quarkus.matches()) {
                Artifact artifact =
                        new Artifact(quarkus.group(1), quarkus.group(2), quarkus.group(4), quarkus.group(3));
                artifacts.put(artifact.group() + "." + artifact.jar(), artifact);
            } else if (maven.matches()) {
                String classifier = maven.group(3) == null ? "" : maven.group(3);
                Artifact artifact = new Artifact(maven.group(1), maven.group(2), maven.group(4), classifier);
                artifacts.put(artifact.jar(), artifact);
            }
        }
        return Map.copyOf(artifacts);
    }

    private String jar() {
        return name + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }

    /** Whether it is built from these sources. */
    boolean ours() {
        return group.equals("dev.beckon");
    }

    /** Its package URL. */
    String purl() {
        String qualifiers = classifier.isEmpty() ? "type=jar" : "classifier=" + classifier + "&type=jar";
        return "pkg:maven/" + group + "/" + name + "@" + version + "?" + qualifiers;
    }
}
