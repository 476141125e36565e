package dev.beckon.demo.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What keeps people and accounts from harm. Taken out of a test build, each must turn a run red. */
public enum Protection {
    /** The intent that is written before a call. */
    INTENT(
            "intents are written after the call instead of before it",
            "] was contacted twice",
            "came by webhook and was contacted twice",
            "was published twice"),
    /** Asking Telegram what became of an open intent. */
    SETTLEMENT(
            "an open intent is tried again instead of settled",
            "] was contacted twice",
            "came by webhook and was contacted twice",
            "was published twice"),
    /** One process at a time uses an account. */
    LEASE(
            "the account is given to whoever asks, and nothing ends a holder that could not renew",
            "times one auth key was in use by two processes"),
    /** Who opted out is left alone. */
    SUPPRESSION("the suppression list is not read", "was contacted after having opted out"),
    /** One contact in seven days over all campaigns. */
    FREQUENCY_CAP("earlier contacts by other campaigns do not count", "was contacted by two campaigns");

    private final String without;
    private final String harm;
    private final Optional<String> ofWebhooks;
    private final Optional<String> ofPosts;

    Protection(String without, String harm) {
        this.without = without;
        this.harm = harm;
        this.ofWebhooks = Optional.empty();
        this.ofPosts = Optional.empty();
    }

    Protection(String without, String harm, String ofWebhooks, String ofPosts) {
        this.without = without;
        this.harm = harm;
        this.ofWebhooks = Optional.of(ofWebhooks);
        this.ofPosts = Optional.of(ofPosts);
    }

    /** Its name on the command line: {@code frequency-cap}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a test build without it does instead. */
    public String without() {
        return without;
    }

    /** What a run without it did that it is there to prevent; empty when the run went well, or wrong for another reason. */
    Optional<String> missedBy(Verdict verdict) {
        return first(verdict).findFirst();
    }

    /** The same for a run with everything that the protection is there for: empty when any of it was not harmed. */
    Optional<String> missedEverywhereBy(Verdict verdict) {
        List<String> shown = first(verdict).toList();
        return shown.size() == harms().count() ? Optional.of(String.join("; ", shown)) : Optional.empty();
    }

    /** Of each harm the first sentence that tells it. */
    private Stream<String> first(Verdict verdict) {
        return harms().flatMap(sentence -> verdict.wrongs().stream()
                .filter(wrong -> wrong.contains(sentence))
                .limit(1));
    }

    private Stream<String> harms() {
        return Stream.of(Stream.of(harm), ofWebhooks.stream(), ofPosts.stream()).flatMap(Function.identity());
    }

    static Optional<Protection> named(String label) {
        return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
    }
}
