package dev.beckon.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is packed of small stages for two architectures. */
class PackTest {
    private static final Release RELEASE = new Release("docker.io/beckon", "1.2.3", Optional.of("abcdef"), "1.8.67");

    @TempDir
    private Path folder;

    private Map<String, Path> roots;

    @BeforeEach
    void stage() throws IOException {
        roots = Map.of("amd64", stage("amd64"), "arm64", stage("arm64"));
        Tree.write(folder.resolve(Program.WORKER.dependencies()), """

                The following files have been resolved:
                   org.example:library:jar:1.0:compile -- module org.example.library
                   dev.beckon:beckon-ledger:jar:1.2.3:compile
                """);
        for (Program program : List.of(Program.OPERATOR, Program.GATEWAY)) {
            Tree.write(folder.resolve(program.dependencies()), "org.example:library::jar:1.0\n");
        }
    }

    private Path stage(String architecture) throws IOException {
        Path root = folder.resolve("root").resolve(architecture);
        Tree.write(
                root.resolve(Staging.PACKAGES),
                "libc6\t1:2.36-9+deb12u14\t" + architecture + "\t" + "a".repeat(64) + "\tdebian-12\n");
        Tree.write(root.resolve("base/etc/passwd"), "root:x:0:0\n");
        Path java = root.resolve("runtime").resolve(Program.RUNTIME);
        Tree.write(
                java.resolve("release"),
                "JAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\nIMPLEMENTOR=\"Somebody\"\nMODULES=\"java.base\"\n");
        Tree.write(java.resolve("lib/modules"), architecture);
        Tree.write(java.resolve("bin/java"), "");
        assertThat(java.resolve("bin/java").toFile().setExecutable(true)).isTrue();
        for (Program program : Program.values()) {
            Path home = root.resolve(program.id()).resolve(program.home());
            String prefix = program == Program.WORKER ? "" : "org.example.";
            jar(home.resolve("lib/" + prefix + "library-1.0.jar"));
            jar(home.resolve("quarkus-run.jar"));
            Tree.write(home.resolve("jvm.options"), "-Xmx1m\n");
            if (architecture.equals("amd64")) {
                Tree.write(home.resolve(program.cache()), "cache of " + program);
            }
        }
        jar(root.resolve("worker").resolve(Program.WORKER.home()).resolve("lib/beckon-ledger-1.2.3.jar"));
        Tree.write(root.resolve("worker").resolve(Program.TDLIB), "TDLib");
        return root;
    }

    private static void jar(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            ZipEntry entry = new ZipEntry("META-INF/maven/org.example/library/pom.xml");
            entry.setTime(0);
            jar.putNextEntry(entry);
            jar.write("<project><licenses><license><name>MIT</name></license></licenses></project>"
                    .getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        Tree.settle(file.getParent());
    }

    private Unpacked pack(Program program, String name) throws IOException, InterruptedException {
        Path to = folder.resolve(name);
        Images.pack(folder, roots, to, RELEASE);
        return new Unpacked(to.resolve(program.id() + ".tar"));
    }

    @Test
    void sameStageHasSameDigests() throws Exception {
        Map<Program, OciArchive.Written> first = Images.pack(folder, roots, folder.resolve("one"), RELEASE);
        Map<Program, OciArchive.Written> second = Images.pack(folder, roots, folder.resolve("two"), RELEASE);
        assertThat(second).isEqualTo(first);
        for (Program program : Program.values()) {
            assertThat(folder.resolve("two/" + program.id() + ".tar"))
                    .hasSameBinaryContentAs(folder.resolve("one/" + program.id() + ".tar"));
        }
    }

    @Test
    void otherContentHasAnotherDigestThoughItsTimeIsTheSame() throws Exception {
        String before = pack(Program.GATEWAY, "one").digest();
        Path options = roots.get("amd64").resolve("gateway/opt/beckon/gateway/jvm.options");
        Tree.write(options, "-Xmx2m\n");
        assertThat(pack(Program.GATEWAY, "two").digest()).isNotEqualTo(before);
    }

    @Test
    void archiveNamesOneImageForBothArchitectures() throws Exception {
        Unpacked worker = pack(Program.WORKER, "oci");
        JsonNode entrance = worker.entrance().path("manifests");
        assertThat(entrance).hasSize(1);
        assertThat(entrance.at("/0/mediaType").asText()).isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(entrance.at("/0/annotations/org.opencontainers.image.ref.name")
                        .asText())
                .isEqualTo("docker.io/beckon/worker:1.2.3");
        assertThat(worker.index().path("manifests").findValuesAsText("architecture"))
                .containsExactly("amd64", "arm64");
        for (String architecture : List.of("amd64", "arm64")) {
            assertThat(worker.config(architecture).path("architecture").asText())
                    .isEqualTo(architecture);
            assertThat(worker.config(architecture).path("os").asText()).isEqualTo("linux");
        }
    }

    @Test
    void imagesShareWhatTheyHaveInCommonAndKeepTheCacheApart() throws Exception {
        Map<Program, OciArchive.Written> images = Images.pack(folder, roots, folder.resolve("oci"), RELEASE);
        List<String> worker = images.get(Program.WORKER).layers().get("amd64");
        List<String> operator = images.get(Program.OPERATOR).layers().get("amd64");
        assertThat(worker.subList(0, 2)).isEqualTo(operator.subList(0, 2));
        Tree.write(roots.get("amd64").resolve("worker/opt/beckon/worker/worker.aot"), "another training");
        List<String> again = Images.pack(folder, roots, folder.resolve("again"), RELEASE)
                .get(Program.WORKER)
                .layers()
                .get("amd64");
        assertThat(again.subList(0, 4)).isEqualTo(worker.subList(0, 4));
        assertThat(again.get(4)).isNotEqualTo(worker.get(4));
    }

    @Test
    void rootOwnsEverythingAndNobodyElseWrites() throws Exception {
        for (TarArchiveEntry entry : pack(Program.WORKER, "oci").files("amd64")) {
            assertThat(entry.getLongUserId()).as(entry.getName()).isZero();
            assertThat(entry.getLongGroupId()).as(entry.getName()).isZero();
            assertThat(entry.getMode() & 07022).as(entry.getName()).isZero();
            assertThat(entry.isFile() || entry.isDirectory())
                    .as(entry.getName())
                    .isTrue();
        }
    }

    @Test
    void startsAsAUserWithItsCacheWhereThereIsOne() throws Exception {
        Unpacked worker = pack(Program.WORKER, "oci");
        JsonNode trained = worker.config("amd64").path("config");
        assertThat(trained.path("User").asText()).isEqualTo("1000:1000");
        assertThat(trained.path("WorkingDir").asText()).isEqualTo("/opt/beckon/worker");
        assertThat(trained.path("Entrypoint").toString()).contains("-XX:AOTCache=worker.aot");
        assertThat(worker.config("arm64").at("/config/Entrypoint").toString()).doesNotContain("AOTCache");
        JsonNode labels = trained.path("Labels");
        assertThat(labels.path("org.opencontainers.image.version").asText()).isEqualTo("1.2.3");
        assertThat(labels.path("org.opencontainers.image.revision").asText()).isEqualTo("abcdef");
        assertThat(labels.path("org.opencontainers.image.licenses").asText()).isEqualTo("Apache-2.0");
    }

    @Test
    void billOfMaterialsIsValidAndNamesWhatIsInside() throws Exception {
        pack(Program.WORKER, "oci");
        Path bill = folder.resolve("oci/worker-amd64.cdx.json");
        List<ParseException> problems = new JsonParser().validate(bill.toFile(), Version.VERSION_16);
        assertThat(problems).isEmpty();
        Bom bom = new JsonParser().parse(bill.toFile());
        assertThat(bom.getComponents())
                .extracting(Component::getPurl)
                .containsExactlyInAnyOrder(
                        "pkg:deb/debian/libc6@1%3A2.36-9%2Bdeb12u14?arch=amd64&distro=debian-12",
                        "pkg:generic/openjdk@25.0.3%2B9-LTS",
                        "pkg:github/tdlib/td@1.8.67",
                        "pkg:maven/org.example/library@1.0?type=jar",
                        "pkg:maven/dev.beckon/beckon-ledger@1.2.3?type=jar",
                        "pkg:generic/beckon-worker/quarkus-run.jar@1.2.3");
        assertThat(bom.getComponents())
                .filteredOn(component -> component.getName().equals("library"))
                .allSatisfy(component -> assertThat(
                                component.getLicenses().getLicenses().getFirst().getId())
                        .isEqualTo("MIT"));
    }
}
