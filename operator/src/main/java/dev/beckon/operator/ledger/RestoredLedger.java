package dev.beckon.operator.ledger;

import dev.beckon.crd.Labels;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A ledger that is older than a status: somebody restored a backup, and people contacted since are unknown to it. Once seen
 * this holds, as the breaker in the status, until a person acknowledges it: the work of others soon raises the ledger's number
 * above that of the status, which proves nothing. Pure.
 */
public final class RestoredLedger {
    private static final String ID = "ledger-";

    private RestoredLedger() {}

    /**
     * The breaker that holds the resource back.
     *
     * @param seen the number from which its last status was computed; null before the first
     * @param open the breaker that its last status carries; null when it carries none
     * @param sequence the ledger's number now
     */
    public static Optional<TrippedBreaker> breaker(
            HasMetadata resource, Long seen, TrippedBreaker open, long sequence) {
        return standing(resource, open)
                .or(() -> Optional.ofNullable(seen)
                        .filter(number -> number > sequence)
                        .map(number -> new TrippedBreaker(ID + number, Reason.LedgerBehindStatus.name(), null)));
    }

    /** The breaker of this kind that was seen earlier and nobody acknowledged yet, also while the ledger can't be asked. */
    public static Optional<TrippedBreaker> standing(HasMetadata resource, TrippedBreaker open) {
        return Optional.ofNullable(open)
                .filter(it -> number(it.id()).isPresent())
                .filter(it -> !acknowledged(resource, it.id()));
    }

    /**
     * The number up to which the person accepts the ledger.
     *
     * @param value of the annotation {@link Labels#ACKNOWLEDGE}
     */
    public static OptionalLong accepted(String value, Long seen, TrippedBreaker open, long sequence) {
        boolean stands = open != null && value.equals(open.id());
        boolean behind = seen != null && seen > sequence && value.equals(ID + seen);
        return stands || behind ? number(value) : OptionalLong.empty();
    }

    /** What the condition says. */
    public static String sentence(TrippedBreaker breaker) {
        return "The ledger was found older than its number "
                + number(breaker.id()).orElseThrow() + ", from which this status had been computed: an older"
                + " backup was restored, and people contacted since may be contacted again. Look at it, then set the"
                + " annotation " + Labels.ACKNOWLEDGE + "=" + breaker.id() + ".";
    }

    private static boolean acknowledged(HasMetadata resource, String id) {
        var annotations = resource.getMetadata().getAnnotations();
        return annotations != null && id.equals(annotations.get(Labels.ACKNOWLEDGE));
    }

    private static OptionalLong number(String id) {
        return id != null && id.matches(ID + "[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(id.substring(ID.length())))
                : OptionalLong.empty();
    }
}
