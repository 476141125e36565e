package dev.beckon.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactTest {
    @TempDir
    private Path folder;

    private Map<String, Artifact> list(String text) throws IOException {
        Path file = folder.resolve("list.txt");
        Tree.write(file, text);
        return Artifact.list(file);
    }

    @Test
    void jarsOfMavenAreKnownByTheirNames() throws IOException {
        assertThat(list("   io.netty:netty-common:jar:4.1.2.Final:runtime -- module io.netty.common [auto]\n"))
                .containsOnly(Map.entry(
                        "netty-common-4.1.2.Final.jar", new Artifact("io.netty", "netty-common", "4.1.2.Final", "")));
        assertThat(list("   io.netty:epoll:jar:linux-x86_64:4.1.2.Final:compile\n")
                        .values())
                .extracting(Artifact::purl)
                .containsExactly("pkg:maven/io.netty/epoll@4.1.2.Final?classifier=linux-x86_64&type=jar");
    }

    @Test
    void jarsOfQuarkusHaveTheirGroupBeforeTheirName() throws IOException {
        assertThat(list("io.netty:netty-common::jar:4.1.2.Final\n"))
                .containsOnlyKeys("io.netty.netty-common-4.1.2.Final.jar");
        assertThat(list("io.netty:epoll:linux-x86_64:jar:4.1.2.Final\n"))
                .containsOnlyKeys("io.netty.epoll-4.1.2.Final-linux-x86_64.jar");
    }

    @Test
    void otherLinesAreNone() throws IOException {
        assertThat(list("The following files have been resolved:\n   none\n")).isEmpty();
    }
}
