package dev.beckon.worker.life;

import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.WorldEvent;
import dev.beckon.simulator.world.WorldListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * By which campaign each contact was made, and whether the person had opted out by then, as the world tells it while it happens: what
 * was so when it was sent counts, also for what arrives late. It goes by the order of things, since the clock may stand still from
 * an opt-out to the next contact.
 */
final class Attribution implements WorldListener {
    private final Map<Long, Late> underWay = new HashMap<>();
    private final List<Made> made = new ArrayList<>();
    private Optional<Late> arriving = Optional.empty();
    private Now now = new Now(0, Set.of());

    /**
     * A contact, and whose it was.
     *
     * @param optedOut whether the person had opted out when it was sent
     */
    record Made(Contact contact, int campaign, boolean optedOut) {}

    /** @param optedOut the ids of those who opted out so far */
    private record Now(int campaign, Set<Long> optedOut) {
        Made made(Contact contact) {
            return new Made(contact, campaign, optedOut.contains(contact.personId()));
        }
    }

    private record Late(Act act, Now sent) {
        boolean is(Contact contact) {
            return switch (act) {
                case Act.Add(long by, long _, long person) -> is(contact, How.INVITE, by, person);
                case Act.Send send -> is(contact, How.MESSAGE, send.fromId(), send.toId());
                case Act.Post _, Act.Join _, Act.Leave _, Act.DeleteLastMessage _, Act.DeleteLastPost _ -> false;
            };
        }

        private static boolean is(Contact contact, How how, long by, long person) {
            return contact.how() == how && contact.accountId() == by && contact.personId() == person;
        }
    }

    /** From here on it is this campaign whose worker runs, or ran last. */
    synchronized void begins(int campaign) {
        now = new Now(campaign, now.optedOut());
    }

    /** From here on this person must not be contacted; what is on its way to them can't be called back. */
    synchronized void optsOut(long person) {
        Set<Long> optedOut = new HashSet<>(now.optedOut());
        optedOut.add(person);
        now = new Now(now.campaign(), Set.copyOf(optedOut));
    }

    synchronized List<Made> made() {
        return List.copyOf(made);
    }

    @Override
    public synchronized void happened(WorldEvent event) {
        switch (event) {
            case WorldEvent.Deferred deferred -> underWay.put(deferred.id(), new Late(deferred.act(), now));
            case WorldEvent.DeferredDone done -> arriving = Optional.ofNullable(underWay.remove(done.id()));
            case WorldEvent.Contacted(Contact contact) -> made.add(sent(contact).made(contact));
            default -> {
                // Nobody is contacted.
            }
        }
    }

    private Now sent(Contact contact) {
        Optional<Late> late = arriving.filter(it -> it.is(contact));
        arriving = Optional.empty();
        return late.map(Late::sent).orElse(now);
    }
}
