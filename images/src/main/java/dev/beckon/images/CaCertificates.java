package dev.beckon.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.util.List;

/** The certificate authorities that Java trusts: Debian's, not those of the machine that builds, which may have some of its own. */
final class CaCertificates {
    private CaCertificates() {}

    /** A {@code cacerts} file of certificates in PEM files; the same bytes for the same files, since without a password there is no salt. */
    static byte[] trustStore(List<Path> pems) throws IOException {
        Security.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        Security.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Path pem : pems) {
                try (InputStream in = Files.newInputStream(pem)) {
                    store.setCertificateEntry(pem.getFileName().toString(), factory.generateCertificate(in));
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, new char[0]);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
