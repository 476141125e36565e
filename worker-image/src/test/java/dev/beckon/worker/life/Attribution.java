package dev.beckon.worker.life;

import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.WorldEvent;
import dev.beckon.simulator.world.WorldListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * By which campaign each contact was made, as the world tells it while it happens: by the one at work, and what arrives late by the
 * one that was at work when it was sent.
 */
final class Attribution implements WorldListener {
    private final Map<Long, Late> underWay = new HashMap<>();
    private final List<Made> made = new ArrayList<>();
    private Optional<Late> arriving = Optional.empty();
    private int atWork;

    /** A contact, and whose it was. */
    record Made(Contact contact, int campaign) {}

    private record Late(Act act, int campaign) {
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
        atWork = campaign;
    }

    synchronized List<Made> made() {
        return List.copyOf(made);
    }

    @Override
    public synchronized void happened(WorldEvent event) {
        switch (event) {
            case WorldEvent.Deferred deferred -> underWay.put(deferred.id(), new Late(deferred.act(), atWork));
            case WorldEvent.DeferredDone done -> arriving = Optional.ofNullable(underWay.remove(done.id()));
            case WorldEvent.Contacted(Contact contact) -> made.add(new Made(contact, whose(contact)));
            default -> {
                // Nobody is contacted.
            }
        }
    }

    private int whose(Contact contact) {
        Optional<Late> late = arriving.filter(it -> it.is(contact));
        arriving = Optional.empty();
        return late.map(Late::campaign).orElse(atWork);
    }
}
