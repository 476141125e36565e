package dev.beckon.gateway.webhook;

import dev.beckon.gateway.GatewayMetrics;
import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.webhook.FoundDoor;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * All doors, known by heart: a request asks the database nothing before its caller is known, and a name that does not exist
 * costs no more than one that does. They are looked at every few seconds; that they may be old by then does no harm, since the
 * ledger takes nothing in through a door that changed.
 */
public final class Doors {
    private static final Logger LOG = Logger.getLogger(Doors.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    /** As for workers: when a person asked says until when they may be answered at any hour. */
    private static final Duration SKEW_TOLERATED = Duration.ofSeconds(10);

    private final GatewayLedger ledger;
    private final GatewayMetrics metrics;
    private volatile Optional<Map<String, OpenDoor>> known = Optional.empty();
    private volatile Optional<String> wrongClock = Optional.empty();
    private long stamp;

    public Doors(GatewayLedger ledger, GatewayMetrics metrics) {
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /** Reads the doors anew if any changed. A ledger that does not answer leaves them as they are. */
    public synchronized void look() {
        try {
            judgeClock(ledger.clockSkew());
            long now = ledger.doors().stamp();
            if (known.isEmpty() || now != stamp) {
                Map<String, OpenDoor> read = read();
                known = Optional.of(read);
                stamp = now;
                metrics.doorsKnown(read.size());
                LOG.infof("Webhooks: %d known", read.size());
            }
            tell(true, "");
        } catch (LedgerException e) {
            tell(false, e.getMessage());
        }
    }

    private void judgeClock(Duration skew) {
        if (skew.abs().compareTo(SKEW_TOLERATED) <= 0) {
            wrongClock = Optional.empty();
            return;
        }
        String why = "The gateway's clock is " + skew.abs().toSeconds() + " s "
                + (skew.isNegative() ? "behind" : "ahead of")
                + " the database's, so nobody can tell when this event came: set both by NTP, and send it again.";
        if (wrongClock.isEmpty()) {
            LOG.warn(why);
        }
        wrongClock = Optional.of(why);
    }

    /** Why no event is taken in: the clock that dates it can't be trusted. */
    Optional<String> wrongClock() {
        return wrongClock;
    }

    private void tell(boolean answers, String why) {
        if (metrics.ledgerUp() != answers) {
            LOG.log(
                    answers ? Logger.Level.INFO : Logger.Level.WARN,
                    answers ? "The ledger answers" : "Events are refused until the ledger answers: " + why);
        }
        metrics.ledgerAnswers(answers);
    }

    private Map<String, OpenDoor> read() {
        Map<String, OpenDoor> doors = new HashMap<>();
        for (FoundDoor door : ledger.doors().all()) {
            String key = key(door.namespace(), door.name());
            doors.put(key, new OpenDoor(door, signingKey(door), flow(key, door)));
        }
        return doors;
    }

    /** What passed is not forgotten when a campaign's secret changes. */
    private Bucket flow(String key, FoundDoor door) {
        return known.map(doors -> doors.get(key))
                .filter(it -> it.found().campaignUid().equals(door.campaignUid())
                        && it.found().eventsPerMinute() == door.eventsPerMinute())
                .map(OpenDoor::flow)
                .orElseGet(() -> OpenDoor.flow(door, TimeMeter.SYSTEM_MILLISECONDS));
    }

    private Optional<byte[]> signingKey(FoundDoor door) {
        try {
            return ledger.seal().signingKey(door);
        } catch (LedgerException e) {
            LOG.errorf(
                    "The signing key of webhook %s/%s can't be read, so signed events are refused: does the gateway have the"
                            + " keys.json of that namespace's Secret beckon-worker? %s",
                    door.namespace(), door.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether they were ever read: before that nobody can be let in, whoever it is. */
    public boolean areKnown() {
        return known.isPresent();
    }

    /**
     * The door of that name, or one that lets nobody in.
     *
     * @throws Refused when the ledger did not answer since the start
     */
    OpenDoor find(String namespace, String name) {
        return known.orElseThrow(() -> new Refused(
                        503, "The ledger can't be reached, so nothing can be kept: send the event again.", SOON))
                .getOrDefault(key(namespace, name), OpenDoor.NONE);
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
