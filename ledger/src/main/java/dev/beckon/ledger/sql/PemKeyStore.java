package dev.beckon.ledger.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trusted certificates as Kubernetes has them, one PEM file, in the form in which MySQL's driver asks for them: a type of key store. The
 * driver (26.10) knows the JDK's own types only, and a copy in one of these would not follow the file when its authority is renewed.
 */
public final class PemKeyStore extends KeyStoreSpi {
    /** The type's name. */
    static final String TYPE = "BeckonPEM";

    private final Map<String, Certificate> certificates = new LinkedHashMap<>();

    /** For the JDK, which makes one for each connection. */
    public PemKeyStore() {}

    /** Makes the type known to this JVM; may be repeated. */
    static void register() {
        Security.addProvider(new PemProvider());
    }

    private static final class PemProvider extends Provider {
        private static final long serialVersionUID = 1;

        PemProvider() {
            super("BeckonPEM", "1", "Trusted certificates of a PEM file");
            putService(new Service(this, "KeyStore", TYPE, PemKeyStore.class.getName(), null, null));
        }
    }

    @Override
    public void engineLoad(InputStream stream, char[] password) throws IOException, CertificateException {
        certificates.clear();
        if (stream != null) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                certificates.put("ca-" + certificates.size(), certificate);
            }
            if (certificates.isEmpty()) {
                throw new CertificateException("The file holds no certificate");
            }
        }
    }

    @Override
    public Certificate engineGetCertificate(String alias) {
        return certificates.get(alias);
    }

    @Override
    public Enumeration<String> engineAliases() {
        return Collections.enumeration(certificates.keySet());
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return certificates.containsKey(alias);
    }

    @Override
    public int engineSize() {
        return certificates.size();
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return certificates.containsKey(alias);
    }

    @Override
    public String engineGetCertificateAlias(Certificate certificate) {
        return certificates.entrySet().stream()
                .filter(it -> it.getValue().equals(certificate))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return false;
    }

    @Override
    public Key engineGetKey(String alias, char[] password) {
        return null;
    }

    @Override
    public Certificate[] engineGetCertificateChain(String alias) {
        return null;
    }

    @Override
    @SuppressWarnings("JavaUtilDate")
    public Date engineGetCreationDate(String alias) {
        return certificates.containsKey(alias) ? new Date(0) : null;
    }

    @Override
    public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain)
            throws KeyStoreException {
        throw readOnly();
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) throws KeyStoreException {
        throw readOnly();
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) throws KeyStoreException {
        throw readOnly();
    }

    @Override
    public void engineDeleteEntry(String alias) throws KeyStoreException {
        throw readOnly();
    }

    @Override
    public void engineStore(OutputStream stream, char[] password) throws IOException {
        throw new IOException("A PEM file of trusted certificates is only read");
    }

    private static KeyStoreException readOnly() {
        return new KeyStoreException("A PEM file of trusted certificates is only read");
    }
}
