package dev.beckon.images;

import java.util.Optional;

/**
 * What images are named after.
 *
 * @param prefix before the program's name, such as {@code docker.io/beckon}
 * @param version the tag
 * @param revision the commit it is built from
 * @param tdlib TDLib's version
 */
record Release(String prefix, String version, Optional<String> revision, String tdlib) {
    String repository(Program program) {
        return prefix + "/" + program.id();
    }

    /** The whole name, with the registry, as containerd knows it. */
    String reference(Program program) {
        return repository(program) + ":" + version;
    }
}
