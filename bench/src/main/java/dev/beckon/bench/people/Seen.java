package dev.beckon.bench.people;

import dev.beckon.bench.stage.Account;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.demo.proof.TruthDoor.Call;
import dev.beckon.demo.proof.TruthDoor.Contact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the data centre saw of an account since a moment. */
record Seen(List<Instant> invited, List<Call> calls, Instant since) {

    static Seen of(TruthDoor truth, Account account, Instant since) {
        return new Seen(
                truth.contacts().stream()
                        .filter(contact -> contact.accountUserId() == account.userId())
                        .filter(contact -> contact.how().equals("invite") && contact.delivered())
                        .map(Contact::at)
                        .filter(at -> !at.isBefore(since))
                        .sorted()
                        .toList(),
                truth.calls(since).stream()
                        .filter(call -> call.accountUserId() == account.userId())
                        .toList(),
                since);
    }

    /** @throws IllegalStateException when it was not so many people */
    Seen requirePeople(int wanted) {
        if (invited.size() != wanted) {
            throw new IllegalStateException(
                    "Telegram saw " + invited.size() + " people invited instead of " + wanted + " since " + since);
        }
        return this;
    }

    /** Between the first person and the last, so without start-up. */
    double peoplePerSecond() {
        return (invited.size() - 1) / seconds(invited.getFirst(), invited.getLast());
    }

    /** Calls that the data centre answered, the run's beginning included. */
    double callsPerPerson() {
        return (double) calls.size() / invited.size();
    }

    /** How long until the account's first call. */
    double secondsToFirstCall() {
        return seconds(since, calls.getFirst().at());
    }

    double secondsToFirstPerson() {
        return seconds(since, invited.getFirst());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
