package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Hook.Event;
import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.webhook.FoundDoor;
import dev.beckon.ledger.webhook.Receipt;
import dev.beckon.ledger.webhook.Receipt.Fate;
import dev.beckon.ledger.webhook.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Posts the events of one hook, as callers do, and takes them in, as a gateway does: whoever got no answer posts again. Somebody comes
 * each time a worker claims the one before, so in the very moment in which it may be killed; every third comes to a worker that has
 * nobody left.
 */
final class HookCaller {
    /** Shorter than a worker listens. */
    private static final Duration PAUSE = Duration.ofMillis(1_500);

    private static final int EVERY_HESITATION = 3;

    private final Hook hook;
    private final Ledger ledger;
    private final GatewayLedger gateway;
    private final StepJournal journal;
    private final List<Posted> posted = new ArrayList<>();
    private final Map<Long, Instant> optedOut = new HashMap<>();
    private Instant last = Instant.now();
    private int tries;
    private int inVain;

    HookCaller(Hook hook, Ledger ledger, GatewayLedger gateway, StepJournal journal) {
        this.hook = hook;
        this.ledger = ledger;
        this.gateway = gateway;
        this.journal = journal;
    }

    /**
     * An event that was answered.
     *
     * @param tries how often it was posted until then: an answer that did not arrive may have been a good one
     */
    record Posted(Event event, Receipt receipt, int tries) {}

    /** Posts what is due now. */
    synchronized void look() {
        while (!allCame() && isDue(hook.events().get(posted.size()))) {
            Event event = hook.events().get(posted.size());
            tries++;
            Optional<Receipt> receipt = post(event);
            if (receipt.isEmpty()) {
                inVain++;
                return;
            }
            posted.add(new Posted(event, receipt.get(), tries));
            tries = 0;
            last = Instant.now();
        }
    }

    synchronized boolean allCame() {
        return posted.size() == hook.events().size();
    }

    synchronized List<Posted> posted() {
        return List.copyOf(posted);
    }

    /** Since when those who opted out before they came are in the ledger, by Telegram id. */
    synchronized Map<Long, Instant> optedOut() {
        return Map.copyOf(optedOut);
    }

    /** How many posts got no answer. */
    synchronized int inVain() {
        return inVain;
    }

    private boolean isDue(Event event) {
        if (event.fate() != Fate.Accepted) {
            return true;
        }
        long before =
                posted.stream().filter(it -> it.event().fate() == Fate.Accepted).count();
        String chat = hook.campaign().chat();
        boolean hesitates = before % EVERY_HESITATION == 2;
        if (!hesitates && before <= journal.passings(chat, "after-claim")) {
            return true;
        }
        return journal.campaignHas(chat, "after-ready") && Instant.now().isAfter(last.plus(PAUSE));
    }

    private Optional<Receipt> post(Event event) {
        Identities phone = Identities.ofPhone(event.human().phone());
        try {
            if (event.fate() == Fate.Suppressed) {
                ledger.suppressions().add(List.of(phone), OptionalLong.empty(), "OptedOut");
                optedOut.putIfAbsent(event.human().id(), Instant.now());
            }
            Person person = new Person(phone, Optional.empty(), Optional.empty(), Consent.of(Consent.Basis.OptIn));
            WebhookEvent came = new WebhookEvent(person, Optional.of(event.id()), Optional.empty(), Instant.now());
            // Nobody shuts it, so one that takes nothing is a mistake, and is not waited for.
            return Optional.of(gateway.queue()
                    .accept(door(), List.of(came))
                    .orElseThrow(() -> new IllegalStateException(hook.campaign().name() + " takes no event"))
                    .getFirst());
        } catch (LedgerUnavailableException killed) {
            // On purpose; whether the event is kept nobody knows, so it is posted again at the next look.
            return Optional.empty();
        }
    }

    private FoundDoor door() {
        return gateway.doors().all().stream()
                .filter(door -> door.campaignUid().equals(hook.campaign().uid()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(hook.campaign().name() + " has no open webhook"));
    }
}
