package dev.beckon.ledger.sql;

import dev.beckon.ledger.LedgerException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the ledger's database is spoken to under TLS, and what is said when that does not come about. */
public final class Tls {
    private static final Pattern MODE = Pattern.compile("[?&(,]sslMode=([^&,)]*)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> CHECKING = Set.of("VERIFY_CA", "VERIFY_IDENTITY");

    private Tls() {}

    /**
     * The URL by which nothing is said to a server whose certificate that authority did not sign. It must name the URL's host, too, unless
     * the URL itself says {@code sslMode=VERIFY_CA}.
     *
     * @param jdbcUrl of MySQL
     * @param ca certificates as PEM, read at each connection; without them the URL stays as it is
     * @throws LedgerException when the file can't be read, or the URL asks for less than a checked certificate
     */
    public static String url(String jdbcUrl, Optional<Path> ca) {
        if (ca.isEmpty()) {
            return jdbcUrl;
        }
        Path file = ca.get().toAbsolutePath();
        if (!Files.isReadable(file)) {
            throw new LedgerException(
                    "The certificate authority of the ledger's database can't be read from " + file + ".");
        }
        if (jdbcUrl.contains("trustCertificateKeyStore")) {
            throw new LedgerException("The jdbc-url names a trust store of its own, and the authority in " + file
                    + " is to be trusted: take one of them away.");
        }
        PemKeyStore.register();
        Matcher mode = MODE.matcher(jdbcUrl);
        boolean named = false;
        // All of them, a single host's, too: which one counts is the driver's affair.
        while (mode.find()) {
            named = true;
            if (!CHECKING.contains(mode.group(1).toUpperCase(Locale.ROOT))) {
                throw new LedgerException("The jdbc-url says sslMode=" + mode.group(1)
                        + ", with which no certificate is checked, and the authority in " + file
                        + " is to be trusted: take sslMode out of it.");
            }
        }
        return jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + (named ? "" : "sslMode=VERIFY_IDENTITY&")
                + "fallbackToSystemTrustStore=false&trustCertificateKeyStoreType=" + PemKeyStore.TYPE
                + "&trustCertificateKeyStoreUrl="
                + URLEncoder.encode(file.toUri().toString(), StandardCharsets.UTF_8);
    }

    /** Why no TLS connection came about, as a sentence that quotes nothing; empty when that was not what went wrong. */
    public static Optional<String> complaint(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CertificateException) {
                return Optional.of(
                        "The ledger's database shows a certificate that is not trusted, or that is not of the host which"
                                + " the jdbc-url names: give the authority that signed it, and a name that stands in it");
            }
            // MySQL Connector/J has no type for it.
            if (t.getMessage() != null && t.getMessage().contains("SSL Connection required")) {
                return Optional.of("The ledger's database offers no TLS, and its certificate is to be checked");
            }
        }
        return Optional.empty();
    }
}
