package dev.beckon.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.util.LicenseResolver;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a jar says of its own licence: in its POM, else in its manifest. Many say nothing; their POM's parent would. */
final class Licences {
    private Licences() {}

    static Optional<LicenseChoice> of(Path jar, Artifact artifact) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = new ArrayList<>();
            JarEntry pom = file.getJarEntry("META-INF/maven/" + artifact.group() + "/" + artifact.name() + "/pom.xml");
            if (pom != null) {
                try (InputStream in = file.getInputStream(pom)) {
                    names.addAll(named(in));
                }
            }
            if (names.isEmpty() && file.getManifest() != null) {
                String bundle = file.getManifest().getMainAttributes().getValue("Bundle-License");
                if (bundle != null) {
                    names.add(bundle.split("[;,]", 2)[0].replace("\"", "").strip());
                }
            }
            return choice(names);
        }
    }

    /** Those names, as SPDX knows them where it does. */
    static Optional<LicenseChoice> choice(List<String> names) {
        LicenseChoice choice = new LicenseChoice();
        for (String name : names) {
            LicenseChoice known = LicenseResolver.resolve(name, false);
            if (known != null
                    && known.getLicenses() != null
                    && !known.getLicenses().isEmpty()) {
                known.getLicenses().forEach(choice::addLicense);
            } else {
                License licence = new License();
                licence.setName(name);
                choice.addLicense(licence);
            }
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(choice);
    }

    private static List<String> named(InputStream pom) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(pom);
            NodeList licences = document.getElementsByTagName("license");
            List<String> names = new ArrayList<>();
            for (int i = 0; i < licences.getLength(); i++) {
                NodeList name = ((Element) licences.item(i)).getElementsByTagName("name");
                if (name.getLength() > 0) {
                    names.add(name.item(0).getTextContent().strip());
                }
            }
            return names;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
    }
}
