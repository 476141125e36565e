package dev.beckon.operator.ledger;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.Labels;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ledger that is older than a status: somebody restored a backup, and what was done since is unknown to it. Once seen
 * this holds, as the breaker in the status, until a person acknowledges it: the work of others soon raises the ledger's number
 * above that of the status, which proves nothing. Nor does the annotation alone: the breaker goes in the pass that has written the
 * acceptance into the ledger, so one that comes while no answer is there is carried out as soon as there is one, by whichever
 * process. Pure.
 */
public final class RestoredLedger {
    private static final Pattern ID = Pattern.compile("ledger-([0-9]{1,18})(?:-([0-9]{1,11}))?");

    private RestoredLedger() {}

    /**
     * The number by which a resource is judged: its own, and of one that is new the highest that any other has had. A campaign or an
     * account that is made after a backup was restored must not be the way around what holds all others.
     *
     * @param own the number from which its last status was computed; null before the first
     */
    public static Long seen(Long own, Reading<?> reading) {
        if (own != null
                || !(reading instanceof Reading.Known<?> known)
                || known.ahead().isEmpty()) {
            return own;
        }
        return known.ahead().getAsLong();
    }

    /**
     * The breaker that holds the resource back. One that was seen earlier stays as it is.
     *
     * @param seen the number from which its last status was computed; null before the first
     * @param open the breaker that its last status carries; null when it carries none
     * @param sequence the ledger's number now
     * @param now makes the id of a breaker that was not seen before: whoever acknowledged the ledger once did not see that
     *     the same backup would be restored again
     */
    static Optional<TrippedBreaker> breaker(Long seen, TrippedBreaker open, long sequence, Instant now) {
        return standing(open)
                .or(() -> Optional.ofNullable(seen)
                        .filter(number -> number > sequence)
                        .map(number -> new TrippedBreaker(
                                "ledger-" + number + "-" + now.getEpochSecond(),
                                Reason.LedgerBehindStatus.name(),
                                null)));
    }

    /**
     * The same with what is known of the ledger; while it can't be asked, what was seen earlier.
     *
     * @param own the number from which the resource's last status was computed; null before the first
     */
    public static Optional<TrippedBreaker> breaker(Long own, TrippedBreaker open, Reading<?> reading, Instant now) {
        return reading instanceof Reading.Known<?> known
                ? breaker(seen(own, reading), open, known.sequence(), now)
                : standing(open);
    }

    /** The breaker of this kind that was seen earlier and no acceptance was written of. */
    public static Optional<TrippedBreaker> standing(TrippedBreaker open) {
        return Optional.ofNullable(open).filter(it -> number(it.id()).isPresent());
    }

    /**
     * What a person accepts.
     *
     * @param number up to which they accept the ledger
     * @param found when the older ledger was found
     */
    public record Accepted(long number, Instant found) {}

    /**
     * What the person accepts, if it is this.
     *
     * @param value of the annotation {@link Labels#ACKNOWLEDGE}
     * @param open the breaker that the last status carries: no other can have been seen
     * @param now counts as when it was found for the id of an earlier release, which does not tell
     */
    public static Optional<Accepted> accepted(String value, TrippedBreaker open, Instant now) {
        Matcher matcher = ID.matcher(value);
        return open != null && value.equals(open.id()) && matcher.matches()
                ? Optional.of(new Accepted(
                        Long.parseLong(matcher.group(1)),
                        Optional.ofNullable(matcher.group(2))
                                .map(second -> Instant.ofEpochSecond(Long.parseLong(second)))
                                .orElse(now)))
                : Optional.empty();
    }

    /** What the condition says, with what a ledger that forgot means for a resource of its kind. */
    public static String sentence(HasMetadata resource, TrippedBreaker breaker) {
        return "The ledger was found older than its number "
                + number(breaker.id()).orElseThrow() + ", which it had reached before: an older"
                + " backup was restored, and " + forgotten(resource) + ", then set the annotation "
                + Labels.ACKNOWLEDGE + "=" + breaker.id() + ".";
    }

    private static String forgotten(HasMetadata resource) {
        return switch (resource) {
            case AutopostSchedule _ -> "posts published since may be published again. Look into the chats";
            case ParserJob _ ->
                "members collected since are not in it: the dataset is an older one, or is collected again. Look at it";
            default -> "people contacted since may be contacted again. Look at it";
        };
    }

    private static OptionalLong number(String id) {
        Matcher matcher = ID.matcher(id == null ? "" : id);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
