package dev.beckon.telegram.tdlib;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path or a name of TDLib's library that leads to something else is told in a sentence. */
class TdLibraryTest {
    @TempDir
    private Path folder;

    @Test
    void aPathThatLeadsNowhereNamesTheSetting() {
        Path nowhere = folder.resolve("libtdjson.so");

        assertThatThrownBy(() -> new TdLibrary(nowhere))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TDLib's library is not at " + nowhere + "; BECKON_TDLIB_LIBRARY names its path.");
    }

    @Test
    void aFileThatIsNoLibraryCannotBeLoaded() throws IOException {
        Path text = Files.writeString(folder.resolve("libtdjson.so"), "no library");

        assertThatThrownBy(() -> new TdLibrary(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(text + " can't be loaded as a library: ");
    }

    @Test
    void anotherLibraryIsNotTdlib() {
        Path other = Path.of(System.getProperty("java.home"), "lib", "libjava.so");

        assertThatThrownBy(() -> new TdLibrary(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(other + " is not TDLib: it has no function td_create_client_id (td_json_client is needed)");
    }

    /** The C library is on every machine, and no test has to know in which folder. */
    @Test
    void aBareNameIsLookedForByTheSystemsLoader() {
        assertThatThrownBy(() -> new TdLibrary(Path.of("libc.so.6")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "libc.so.6 is not TDLib: it has no function td_create_client_id (td_json_client is needed)");
    }

    @Test
    void aBareNameThatIsNotInstalledNamesTheSetting() {
        assertThatThrownBy(() -> new TdLibrary(Path.of("libtdjson-of-nobody.so")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("No library libtdjson-of-nobody.so that can be loaded is installed (")
                .hasMessageEndingWith("; BECKON_TDLIB_LIBRARY names such a one, or TDLib's path.");
    }
}
