package dev.beckon.worker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session survives the way through the ledger byte for byte, and damaged bytes never reach Telegram's client. */
class SessionBundleTest {
    @TempDir
    private Path temp;

    private static final String FIRST_RELEASE =
            "UEsDBBQACAgIAAAAIQAAAAAAAAAAAAAAAAAJAAkAc3ViL290aGVyVVQFAAEAAAAAqwAAUEsHCIMW3IwDAAAAAQAAAFBLAwQUAAgI"
                    + "CAAAACEAAAAAAAAAAAAAAAAACQAJAHRkLmJpbmxvZ1VUBQABAAAAAGNgZPoPAFBLBwgkOLI/BgAAAAQAAABQSwECFAAUAAgICAAA"
                    + "ACEAgxbcjAMAAAABAAAACQAJAAAAAAAAAAAAAAAAAAAAc3ViL290aGVyVVQFAAEAAAAAUEsBAhQAFAAICAgAAAAhACQ4sj8GAAAA"
                    + "BAAAAAkACQAAAAAAAAAAAAAAQwAAAHRkLmJpbmxvZ1VUBQABAAAAAFBLBQYAAAAAAgACAIAAAACJAAAAAAA=";

    private Path session() throws IOException {
        Path directory = temp.resolve("session");
        Files.createDirectories(directory.resolve("sub"));
        Files.write(directory.resolve("td.binlog"), new byte[] {0, 1, 2, (byte) 255});
        Files.writeString(directory.resolve("sub/other"), "x");
        return directory;
    }

    @Test
    void whatIsUnpackedIsWhatWasPacked() throws IOException {
        byte[] bundle = SessionBundle.pack(session());
        Path copy = temp.resolve("copy");
        SessionBundle.unpack(bundle, copy);
        assertThat(copy.resolve("td.binlog")).hasBinaryContent(new byte[] {0, 1, 2, (byte) 255});
        assertThat(copy.resolve("sub/other")).hasContent("x");
        assertThat(SessionBundle.pack(copy)).isEqualTo(bundle);
    }

    @Test
    void leftoversOfAnEarlierSessionAreGone() throws IOException {
        byte[] bundle = SessionBundle.pack(session());
        Path directory = temp.resolve("copy");
        Files.createDirectories(directory.resolve("deep"));
        Files.writeString(directory.resolve("deep/old"), "old");
        SessionBundle.unpack(bundle, directory);
        assertThat(directory.resolve("deep")).doesNotExist();
    }

    @Test
    void onlyThisUserCanReadTheSession() throws IOException {
        SessionBundle.unpack(SessionBundle.pack(session()), temp.resolve("copy"));
        assertThat(Files.getPosixFilePermissions(temp.resolve("copy"))).hasSize(3);
    }

    @Test
    void bytesThatAreNoBundleAreRefused() {
        assertThatThrownBy(() -> SessionBundle.unpack("no zip".getBytes(StandardCharsets.UTF_8), temp.resolve("copy")))
                .isInstanceOf(SessionBundle.CorruptBundle.class);
    }

    @Test
    void aBundleThatWasCutOffInAFileOrOverwrittenIsRefused() throws IOException {
        byte[] bundle = SessionBundle.pack(session());
        // The header of its first file has 30 bytes, and a name of 9.
        for (int length = 30; length < 39; length++) {
            byte[] part = Arrays.copyOf(bundle, length);
            assertThatThrownBy(() -> SessionBundle.unpack(part, temp.resolve("copy")))
                    .as("the first %d bytes", length)
                    .isInstanceOf(SessionBundle.CorruptBundle.class);
        }
        byte[] overwritten = bundle.clone();
        Arrays.fill(overwritten, 40, 60, (byte) 0x55);
        assertThatThrownBy(() -> SessionBundle.unpack(overwritten, temp.resolve("copy")))
                .isInstanceOf(SessionBundle.CorruptBundle.class);
    }

    @Test
    void whatCouldNotBeUnpackedAgainIsNotSaved() throws IOException {
        Path directory = session();
        // Nine million zeros pack to some kilobytes.
        Files.write(directory.resolve("large"), new byte[9 << 20]);
        assertThatThrownBy(() -> SessionBundle.pack(directory)).isInstanceOf(IllegalStateException.class);
    }

    /** Written by the first release; whatever comes later must open it. */
    @Test
    void aBundleOfAnOlderVersionStillOpens() {
        SessionBundle.unpack(Base64.getDecoder().decode(FIRST_RELEASE), temp.resolve("copy"));
        assertThat(temp.resolve("copy/td.binlog")).hasBinaryContent(new byte[] {0, 1, 2, (byte) 255});
        assertThat(temp.resolve("copy/sub/other")).hasContent("x");
    }

    @Test
    void aBundleCannotWriteOutsideItsDirectory() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("../escaped"));
            zip.write(1);
        }
        assertThatThrownBy(() -> SessionBundle.unpack(bytes.toByteArray(), temp.resolve("copy")))
                .isInstanceOf(SessionBundle.CorruptBundle.class);
        assertThat(temp.resolve("escaped")).doesNotExist();
    }

    @Test
    void filesThatAreNoSessionAreNotSaved() throws IOException {
        Path directory = session();
        byte[] noise = new byte[9 << 20];
        new java.util.Random(1).nextBytes(noise);
        Files.write(directory.resolve("download"), noise);
        assertThatThrownBy(() -> SessionBundle.pack(directory)).isInstanceOf(IllegalStateException.class);
    }
}
