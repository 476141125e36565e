package dev.beckon.leakscan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeedlesTest {
    @TempDir
    private Path folder;

    private Needles needles;

    @BeforeEach
    void ofAWorld() throws IOException {
        needles = new Needles()
                .withWorld(Files.writeString(
                        folder.resolve("world.yaml"),
                        "people: [{name: Anna, username: anna_b, phone: \"+491700000001\"}, {name: Konstantin}]"));
    }

    @Test
    void aPhoneIsFoundWithAndWithoutItsPlus() {
        assertThat(needles.kindsIn("to=491700000001;")).containsExactly("a person's phone");
        assertThat(needles.kindsIn("+491700000001")).containsExactly("a person's phone");
    }

    @Test
    void aShortNameIsFoundAsAWordAndNotWithinAnother() {
        assertThat(needles.kindsIn("{\"who\":\"Anna\"}")).containsExactly("a person's name");
        assertThat(needles.kindsIn("Annapolis, annals")).isEmpty();
    }

    @Test
    void aLongNameIsFoundAnywhere() {
        assertThat(needles.kindsIn("xKonstantiny")).containsExactly("a person's name");
    }

    @Test
    void theValueOfASecretIsFoundAndTheTextOfAMessage() {
        needles.withSecrets("{\"items\":[{\"data\":{\"password\":\"c2VjcmV0LXdvcmQ=\",\"jdbc-url\":\"eA==\"}}]}")
                .withMessages(List.of("Hello {{first_name}}, this is the spring meetup: {{link}}"));
        assertThat(needles.kindsIn("login with secret-word")).containsExactly("the key password of a Secret");
        assertThat(needles.kindsIn("..., this is the spring meetup: http")).containsExactly("message text");
    }

    @Test
    void theNameOfAnAccountAsAResourceIsNoFind() {
        assertThat(needles.butFor(List.of("Anna")).kindsIn("pod bring-Anna-1")).isEmpty();
    }

    @Test
    void ordinaryLinesHoldNothing() {
        assertThat(needles.kindsIn("2026-11-25T12:00:00Z INFO Holds the account, fence 3"))
                .isEmpty();
    }
}
