package dev.beckon.demo.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.demo.stage.CampaignYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A campaign of the team's, with people who are of no other one. */
record TeamWork(Release release, String name, int people) {
    /** How many it has written to. */
    static final String SENT = ".status.progress.linkSent";

    private static final String STATE = ".status.state";

    /** As kubectl takes it. */
    String reference() {
        return "campaign/" + name;
    }

    /**
     * The manifest.
     *
     * @param pause between two people, in seconds
     */
    String yaml(int pause) {
        return CampaignYaml.of(name, Release.TEAM, "inviter", "@release_letters")
                .people(persons().toArray(String[]::new))
                .text()
                .replace("min: 1s, max: 1s", "min: %1$ds, max: %1$ds".formatted(pause));
    }

    /** Declares it. */
    TeamWork declared(int pause) {
        release.apply(yaml(pause));
        return this;
    }

    /** Waits until its first person was written to and others are left; names the pod that works on it. */
    String inTheMiddle() {
        String worker = worker();
        release.awaitField(reference(), SENT, "1");
        return worker;
    }

    /** The pod that works on it, as soon as one runs. */
    String worker() {
        release.until("a worker of " + name, () -> !running().isEmpty());
        return running().getFirst();
    }

    private List<String> running() {
        return pods("--field-selector=status.phase=Running");
    }

    /** All pods that it ever had, as far as they are there. */
    List<String> pods(String... selected) {
        String uid = release.field(Release.TEAM, reference(), ".metadata.uid").getFirst();
        List<String> command = new ArrayList<>(List.of(
                "get",
                "pods",
                "-n",
                Release.TEAM,
                "-l",
                "beckon.dev/campaign-uid=" + uid,
                "-o",
                "jsonpath={.items[*].metadata.name}"));
        command.addAll(List.of(selected));
        return Stream.of(release.kubectl(command.toArray(String[]::new)).split(" "))
                .filter(pod -> !pod.isEmpty())
                .toList();
    }

    /** Waits for its end: nobody is left out, and Telegram saw each of them written to once. */
    void succeeds() {
        release.awaitField(reference(), STATE, "Succeeded");
        List<Contact> contacts = release.truth().contacts().stream()
                .filter(contact -> Set.of("invite", "message").contains(contact.how()))
                .toList();
        assertThat(persons())
                .allSatisfy(person -> assertThat(contacts.stream()
                                .filter(contact -> contact.username()
                                        .filter(person::equals)
                                        .isPresent()))
                        .as("what Telegram saw of %s", person)
                        .singleElement()
                        .matches(Contact::delivered));
    }

    private List<String> persons() {
        return IntStream.rangeClosed(1, people)
                .mapToObj(number -> "r_" + name + "_" + number)
                .toList();
    }
}
