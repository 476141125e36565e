package dev.beckon.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Hash;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The images that {@code make images} built for this machine, looked into and started as a cluster would; needs root. */
@Tag("images")
class ImagesTest {
    private static final Path OCI = Path.of("target/oci");
    private static final Path CHART = Path.of("../helm/beckon");
    private static final String HERE = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    private static final long GOAL = 110_000_000;

    private static final Set<String> SHELLS = Set.of(
            "sh", "bash", "dash", "ash", "ksh", "zsh", "busybox", "toybox", "env", "apt", "apt-get", "dpkg", "perl");

    /** The JVM ends at once when it can't take its cache, instead of starting slowly. */
    private static final Map<String, String> ONLY_WITH_CACHE = Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on");

    @TempDir
    private static Path folder;

    private static final Map<Program, Unpacked> IMAGES = new EnumMap<>(Program.class);
    private static final Map<Program, Container> CONTAINERS = new EnumMap<>(Program.class);

    @BeforeAll
    static void unpack() throws IOException {
        assertThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("only root can start the images: run this as root")
                .isEqualTo(0);
        for (Program program : Program.values()) {
            Path archive = OCI.resolve(program.id() + ".tar");
            assertThat(archive).as("run `make images` first").exists();
            Unpacked image = new Unpacked(archive);
            IMAGES.put(program, image);
            CONTAINERS.put(program, Container.of(image, HERE, folder.resolve(program.id())));
        }
    }

    /** Without a registry in their names both mean Docker's. */
    @ParameterizedTest
    @EnumSource
    void hasTheNameThatTheChartAsksFor(Program program) throws IOException {
        String values = Files.readString(CHART.resolve("values.yaml"));
        String version = Files.readAllLines(CHART.resolve("Chart.yaml")).stream()
                .filter(line -> line.startsWith("appVersion: "))
                .map(line -> line.substring("appVersion: ".length()))
                .findFirst()
                .orElseThrow();
        String repository = "beckon/" + program.id();
        assertThat(values).contains("repository: " + repository + "\n");
        assertThat(IMAGES.get(program)
                        .entrance()
                        .at("/manifests/0/annotations/org.opencontainers.image.ref.name")
                        .asText())
                .isEqualTo("docker.io/" + repository + ":" + version);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyCanWriteIntoItAndThereIsNoShell(Program program) throws IOException {
        for (TarArchiveEntry entry : IMAGES.get(program).files(HERE)) {
            assertThat(List.of(entry.getLongUserId(), entry.getLongGroupId()))
                    .as(entry.getName())
                    .containsOnly(0L);
            assertThat(entry.getMode() & 07022).as(entry.getName()).isZero();
            if (entry.isFile()) {
                assertThat(SHELLS)
                        .as(entry.getName())
                        .doesNotContain(Path.of(entry.getName()).getFileName().toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isAsSmallAsPromised(Program program) throws IOException {
        long bytes = 0;
        for (JsonNode layer : IMAGES.get(program).manifest(HERE).path("layers")) {
            bytes += layer.path("size").asLong();
        }
        assertThat(bytes).isLessThan(GOAL);
    }

    @ParameterizedTest
    @EnumSource
    void everyLibraryFindsWhatItIsLinkedWith(Program program) throws Exception {
        Container container = CONTAINERS.get(program);
        String loader = HERE.equals("arm64") ? "/lib/ld-linux-aarch64.so.1" : "/lib64/ld-linux-x86-64.so.2";
        for (Path file : Tree.files(container.root())) {
            if (file.toString().matches(".*\\.so(\\.\\d+)*") && !file.endsWith(loader.substring(1))) {
                String inside = "/" + container.root().relativize(file);
                // libjvm is loaded before any that is linked with it.
                String runtime = "/" + Program.RUNTIME + "/lib";
                List<String> list =
                        List.of(loader, "--library-path", runtime + ":" + runtime + "/server", "--list", inside);
                assertThat(container.execute(list, Map.of()))
                        .as(inside)
                        .satisfies(end -> assertThat(end.output()).doesNotContain("not found"))
                        .extracting(Container.End::code)
                        .isEqualTo(0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void billOfMaterialsIsValidAndHasEveryJarAndLibraryOfTelegram(Program program) throws Exception {
        Path inside = CONTAINERS.get(program).root().resolve("usr/share/sbom/" + program.id() + ".cdx.json");
        assertThat(OCI.resolve(program.id() + "-" + HERE + ".cdx.json")).hasSameBinaryContentAs(inside);
        assertThat(new JsonParser().validate(inside.toFile(), Version.VERSION_16))
                .isEmpty();
        Bom bom = new JsonParser().parse(inside.toFile());
        Set<String> hashes = bom.getComponents().stream()
                .flatMap(component -> component.getHashes().stream())
                .map(Hash::getValue)
                .collect(Collectors.toSet());
        for (Path file : Tree.files(CONTAINERS.get(program).root())) {
            if (file.toString().endsWith(".jar") || file.endsWith("libtdjson.so")) {
                assertThat(hashes).as("%s", file).contains(Digests.of(file));
            }
        }
        // Jars that are no artifact are the build's own: nobody else's code is without a name.
        assertThat(bom.getComponents())
                .filteredOn(component -> component.getPurl().startsWith("pkg:generic/beckon-"))
                .allSatisfy(component -> assertThat(component.getName())
                        .matches("quarkus-run\\.jar|(generated|transformed)-bytecode\\.jar|beckon-.*\\.jar"));
    }

    @Test
    void workerTellsWhatItCan() throws Exception {
        Container.End help = CONTAINERS.get(Program.WORKER).run(ONLY_WITH_CACHE, "--help");
        assertThat(help.output()).contains("invite", "publish");
        assertThat(help.code()).isZero();
    }

    @Test
    void workerWithoutItsSecretSaysSo() throws Exception {
        Container.End end = CONTAINERS.get(Program.WORKER).run(ONLY_WITH_CACHE, "invite");
        assertThat(end.code()).as(end.output()).isNotZero();
        assertThat(end.output()).contains("no key 'jdbc-url'").doesNotContain("UnsatisfiedLinkError");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPERATOR", "GATEWAY"})
    void serversStartFromTheirCacheAndMissTheirSettings(Program program) throws Exception {
        Container.End end = CONTAINERS.get(program).run(ONLY_WITH_CACHE);
        assertThat(end.code()).as(end.output()).isNotZero();
        assertThat(end.output()).contains("beckon.ledger.jdbc-url");
    }
}
