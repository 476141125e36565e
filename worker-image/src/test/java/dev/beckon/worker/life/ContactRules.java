package dev.beckon.worker.life;

import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What may reach one person, whichever campaigns they are in: one contact in seven days and three in ninety, and none after they
 * opted out. An invite and a message of one campaign that does both are one contact.
 */
final class ContactRules {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration QUARTER = Duration.ofDays(90);

    /** The ledger counts from its intent; what Telegram does late reaches the person some seconds after. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private ContactRules() {}

    /**
     * A contact that reached the person, and whose it was.
     *
     * @param optedOut whether the person had opted out when it was sent; then it is wrong even if it reached nobody
     */
    record Reached(Contact contact, int campaign, Mode mode, boolean optedOut) {}

    /** A person hears of these two only: in whose address book they are nobody tells them. */
    static boolean isInviteOrMessage(Contact contact) {
        return contact.how() == How.INVITE || contact.how() == How.MESSAGE;
    }

    /** Whether it came later than what was sent until a deadline may come. */
    static boolean isPast(Instant deadline, Contact contact) {
        return contact.at().isAfter(deadline.plus(LATE));
    }

    /** What counts as one. */
    private record Touch(int campaign, Mode mode, Instant at, Set<How> how) {
        boolean takes(Reached reached) {
            return mode == Mode.InviteAndMessage
                    && reached.campaign() == campaign
                    && how.add(reached.contact().how());
        }
    }

    /**
     * @param reached of one person
     * @return what is wrong, as a sentence
     */
    static Optional<String> wrong(List<Reached> reached) {
        List<Reached> heardOf = reached.stream()
                .filter(it -> isInviteOrMessage(it.contact()))
                .sorted(Comparator.comparing(it -> it.contact().at()))
                .toList();
        return heardOf.stream()
                .filter(Reached::optedOut)
                .findFirst()
                .map(it -> "contacted after having opted out: " + it)
                .or(() -> tooOften(heardOf, reached));
    }

    private static Optional<String> tooOften(List<Reached> heardOf, List<Reached> reached) {
        List<Touch> touches = new ArrayList<>();
        heardOf.forEach(it -> {
            if (touches.stream().noneMatch(touch -> touch.takes(it))) {
                touches.add(new Touch(
                        it.campaign(),
                        it.mode(),
                        it.contact().at(),
                        EnumSet.of(it.contact().how())));
            }
        });
        return tooSoon(touches, 1, WEEK, "twice in seven days", reached)
                .or(() -> tooSoon(touches, 3, QUARTER, "four times in ninety days", reached));
    }

    private static Optional<String> tooSoon(
            List<Touch> touches, int allowed, Duration within, String what, List<Reached> reached) {
        for (int i = allowed; i < touches.size(); i++) {
            Instant earliest = touches.get(i - allowed).at().plus(within).minus(LATE);
            if (touches.get(i).at().isBefore(earliest)) {
                return Optional.of("contacted " + what + ": " + reached);
            }
        }
        return Optional.empty();
    }
}
