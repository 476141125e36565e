package dev.beckon.ledger.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of a test's own, made by the JDK's keytool; what servers need of it lies beside it as PEM. */
public final class TestAuthority {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    private TestAuthority(Path folder) {
        this.folder = folder;
    }

    /** @param folder an empty one */
    public static TestAuthority in(Path folder) throws IOException {
        TestAuthority authority = new TestAuthority(Files.createDirectories(folder));
        authority.keytool(
                "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Authority of tests", "-ext", "bc:c");
        authority.keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "ca",
                "-file",
                authority.certificate().toString());
        return authority;
    }

    /** Its own certificate, as PEM. */
    public Path certificate() {
        return folder.resolve("ca.crt");
    }

    /** A server's files, as PEM. */
    public record Identity(Path certificate, Path key) {}

    /** @param names as keytool's extension san has them: {@code dns:localhost,ip:127.0.0.1} */
    public Identity identity(String alias, String names) throws IOException {
        Path request = folder.resolve(alias + ".csr");
        Path certificate = folder.resolve(alias + ".crt");
        keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias);
        keytool("-certreq", "-alias", alias, "-file", request.toString());
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-ext",
                "san=" + names);
        return new Identity(certificate, privateKey(alias));
    }

    private Path privateKey(String alias) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(keystore().toFile(), PASSWORD.toCharArray());
            Key key = store.getKey(alias, PASSWORD.toCharArray());
            String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(key.getEncoded());
            return Files.writeString(
                    folder.resolve(alias + ".key"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private Path keystore() {
        return folder.resolve("store.p12");
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore",
                keystore().toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-J-XX:TieredStopAtLevel=1"));
        DatabaseServer.run(folder, command);
    }
}
