package dev.beckon.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A package of which the base layer has files.
 *
 * @param architecture {@code all}, or that of the image
 * @param sha256 of the {@code .deb}
 * @param distribution such as {@code debian-12}
 */
record DebianPackage(String name, String version, String architecture, String sha256, String distribution) {
    /** The list that {@code images/scripts/debian} writes. */
    static List<DebianPackage> list(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split("\t", -1))
                .map(part -> new DebianPackage(part[0], part[1], part[2], part[3], part[4]))
                .toList();
    }

    String purl() {
        String distributor = distribution.substring(0, distribution.indexOf('-'));
        return "pkg:deb/" + distributor + "/" + name + "@"
                + version.replace("+", "%2B").replace(":", "%3A") + "?arch=" + architecture + "&distro=" + distribution;
    }
}
