package dev.beckon.simulator.mtproto;

import dev.beckon.simulator.mtproto.crypto.RsaKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A copy of TDLib that trusts our data centre. TDLib has Telegram's two public keys built in, and asks other companies'
 * hosts for help when a proxy stalls; the copy has our key instead, and finds those hosts on loopback. Each replacement has the
 * length of what it replaces, and a library in which not all of them are found is refused.
 *
 * <p>The copy is for this machine's tests and demo. It must never be published: it would trust a stranger's server.
 */
public final class LibraryPatch {
    private static final int KEYS = 2;
    private static final String KEY_BEGIN = "-----BEGIN RSA PUBLIC KEY-----";
    private static final String KEY_END = "-----END RSA PUBLIC KEY-----";
    /** How the production and the test key begin; the library holds other keys, for other purposes. */
    private static final List<String> PINNED = List.of("MIIBCgKCAQEAyMEd", "MIIBCgKCAQEA6Lsz");

    /** The addresses of TDLib's ConfigRecoverer and DNS over HTTPS; each is once in the library. */
    private static final List<String> BYPASS_HOSTS = List.of(
            "https://software-download.microsoft.com/",
            "https://reserve-5a846.firebaseio.com/",
            "https://www.google.com/v1/projects/",
            "https://dns.google/resolve",
            "dns.google/resolve",
            "mozilla.cloudflare-dns.com/dns-query");

    private final byte[] library;
    /** The library as it was, one character a byte: the JDK searches text far faster than a loop does bytes. */
    private final String text;

    private LibraryPatch(byte[] library) {
        this.library = library;
        this.text = new String(library, StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes the patched copy. A file that is there already and right stays as it is, so a process that has it loaded is
     * not disturbed.
     *
     * @throws IllegalArgumentException when the library is not the TDLib that this class knows
     */
    public static void write(Path original, RsaKey key, Path copy) throws IOException {
        LibraryPatch patch = new LibraryPatch(Files.readAllBytes(original));
        patch.replaceKeys(key.publicPem());
        patch.divertHosts();
        if (Files.exists(copy) && Arrays.equals(Files.readAllBytes(copy), patch.library)) {
            return;
        }
        Path spare = copy.resolveSibling(copy.getFileName() + ".new");
        Files.write(spare, patch.library);
        Files.setPosixFilePermissions(spare, PosixFilePermissions.fromString("rwx------"));
        Files.move(spare, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void replaceKeys(String pem) {
        byte[] ours = ascii(pem);
        int replaced = 0;
        for (int at : find(KEY_BEGIN)) {
            String key = new String(library, at, Math.min(600, library.length - at), StandardCharsets.US_ASCII);
            boolean pinned = PINNED.stream().anyMatch(key.substring(KEY_BEGIN.length() + 1)::startsWith);
            if (pinned) {
                int length = key.indexOf(KEY_END) + KEY_END.length();
                require(length == ours.length, "a pinned key of " + length + " bytes instead of " + ours.length);
                System.arraycopy(ours, 0, library, at, length);
                replaced++;
            }
        }
        require(replaced == KEYS, replaced + " pinned keys instead of " + KEYS);
    }

    private void divertHosts() {
        for (String host : BYPASS_HOSTS) {
            // One of the addresses stands once with its scheme and once alone.
            List<Integer> places =
                    find(host).stream().filter(at -> text.charAt(at - 1) != '/').toList();
            require(places.size() == 1, places.size() + " times the address " + host);
            String begin = host.startsWith("https://") ? "https://127.0.0.1/" : "127.0.0.1/";
            byte[] ours = ascii(begin + "x".repeat(host.length() - begin.length()));
            places.forEach(at -> System.arraycopy(ours, 0, library, at, ours.length));
        }
    }

    private static void require(boolean known, String found) {
        if (!known) {
            throw new IllegalArgumentException("this is not the TDLib that can be patched: it has " + found);
        }
    }

    private List<Integer> find(String wanted) {
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
            places.add(at);
        }
        return places;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
