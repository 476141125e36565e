package dev.beckon.images;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;

/** What an image is made of, as CycloneDX writes it: Debian's packages, the JDK, TDLib and every jar. */
final class BillOfMaterials {
    private final Path root;
    private final Program program;
    private final Map<String, Artifact> artifacts;
    private final Release release;

    BillOfMaterials(Path root, Program program, Map<String, Artifact> artifacts, Release release) {
        this.root = root;
        this.program = program;
        this.artifacts = artifacts;
        this.release = release;
    }

    /** JSON; the same for the same files. */
    String json() throws IOException {
        List<Component> components = new ArrayList<>();
        for (DebianPackage debian : DebianPackage.list(root.resolve(Staging.PACKAGES))) {
            components.add(component(debian.name(), debian.version(), debian.purl(), debian.sha256()));
        }
        components.add(java());
        for (Path file : Tree.files(root.resolve(program.id()))) {
            if (file.toString().endsWith(".jar")) {
                components.add(jar(file));
            } else if (file.endsWith(Path.of(Program.TDLIB))) {
                components.add(tdlib(file));
            }
        }
        return json(components);
    }

    private String json(List<Component> components) {
        Component image = new Component();
        image.setType(Component.Type.CONTAINER);
        image.setName(release.repository(program));
        image.setVersion(release.version());
        image.setBomRef("image");
        Licences.choice(List.of("Apache-2.0")).ifPresent(image::setLicenses);
        Metadata metadata = new Metadata();
        metadata.setTimestamp(Date.from(Tree.INSTANT));
        metadata.setComponent(image);
        Bom bom = new Bom();
        bom.setMetadata(metadata);
        bom.setComponents(components);
        Dependency all = new Dependency(image.getBomRef());
        components.forEach(component -> all.addDependency(new Dependency(component.getBomRef())));
        bom.addDependency(all);
        List<String> hashes = components.stream()
                .map(component -> component.getHashes().getFirst().getValue())
                .toList();
        byte[] content = (release + String.join(",", hashes)).getBytes(StandardCharsets.UTF_8);
        bom.setSerialNumber("urn:uuid:" + UUID.nameUUIDFromBytes(content));
        try {
            return BomGeneratorFactory.createJson(Version.VERSION_16, bom).toJsonString();
        } catch (GeneratorException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Component component(String name, String version, String purl, String sha256) {
        Component component = new Component();
        component.setType(Component.Type.LIBRARY);
        component.setName(name);
        component.setVersion(version);
        component.setPurl(purl);
        component.setBomRef(purl);
        component.setHashes(List.of(new Hash(Hash.Algorithm.SHA_256, sha256)));
        return component;
    }

    /** A jar; one that is no artifact is what the build made of this program: its classes, or those that Quarkus generated. */
    private Component jar(Path file) throws IOException {
        Artifact artifact = artifacts.get(file.getFileName().toString());
        String place = "/" + root.resolve(program.id()).relativize(file);
        if (artifact == null) {
            String name = file.getFileName().toString();
            String purl = "pkg:generic/beckon-" + program.id() + "/" + name + "@" + release.version();
            Component component = component(name, release.version(), purl, Digests.of(file));
            component.setType(Component.Type.FILE);
            Licences.choice(List.of("Apache-2.0")).ifPresent(component::setLicenses);
            component.addProperty(property("location", place));
            return component;
        }
        Component component = component(artifact.name(), artifact.version(), artifact.purl(), Digests.of(file));
        component.setGroup(artifact.group());
        Licences.of(file, artifact).ifPresent(component::setLicenses);
        component.addProperty(property("location", place));
        return component;
    }

    private Component java() throws IOException {
        Path home = root.resolve(Staging.JAVA).resolve(Program.RUNTIME);
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            facts.load(reader);
        }
        String version = fact(facts, "JAVA_RUNTIME_VERSION", fact(facts, "JAVA_VERSION", "unknown"));
        String purl = "pkg:generic/openjdk@" + version.replace("+", "%2B");
        Component java = component("openjdk", version, purl, Digests.of(home.resolve("lib/modules")));
        java.setType(Component.Type.PLATFORM);
        java.setPublisher(fact(facts, "IMPLEMENTOR", "unknown"));
        Licences.choice(List.of("GPL-2.0-with-classpath-exception")).ifPresent(java::setLicenses);
        java.addProperty(property("modules", fact(facts, "MODULES", "")));
        return java;
    }

    private static String fact(Properties facts, String name, String otherwise) {
        return facts.getProperty(name, otherwise).replace("\"", "");
    }

    private Component tdlib(Path file) throws IOException {
        String version = release.tdlib();
        Component tdlib = component("tdlib", version, "pkg:github/tdlib/td@" + version, Digests.of(file));
        Licences.choice(List.of("BSL-1.0")).ifPresent(tdlib::setLicenses);
        tdlib.addProperty(property("location", "/" + Program.TDLIB));
        return tdlib;
    }

    private static Property property(String name, String value) {
        Property property = new Property();
        property.setName("beckon:" + name);
        property.setValue(value);
        return property;
    }
}
