package dev.beckon.demo.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Posts the people of campaigns that have a webhook, one after the other while the run goes on, as another system does: whoever gets no answer, or
 * an error of the server's, posts again. Every second event is posted once more after it was kept.
 */
final class WebhookCalls {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);

    /** With the other campaigns done no call comes any more that could be counted. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Too many calls, and a gateway that is about to end, pass. */
    private static final Set<Integer> LATER = Set.of(408, 429);

    /** What a campaign is answered that the gateway does not know: the same as a wrong token, so that nobody learns which there are. */
    private static final int UNKNOWN = 401;

    private static final JsonMapper JSON = new JsonMapper();

    private final List<Event> events;
    private final StepJournal journal;
    private final Supplier<String> gateway;
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final List<String> wrongs = new CopyOnWriteArrayList<>();

    /** Names of the campaigns of which the gateway kept an event: from then on it knows them, whatever is killed. */
    private final Set<String> known = new HashSet<>();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWERED_WITHIN).build();
    private Optional<String> address = Optional.empty();

    /**
     * @param calls how many calls to Telegram the run makes at least: the events are spread over them
     * @param gateway where it listens now
     */
    WebhookCalls(Scenario scenario, int calls, StepJournal journal, Supplier<String> gateway) {
        this.events = events(scenario, calls);
        this.journal = journal;
        this.gateway = gateway;
    }

    /** @param afterCalls when: once this many calls to Telegram were begun */
    private record Event(Campaign campaign, Human human, int afterCalls) {}

    private static List<Event> events(Scenario scenario, int calls) {
        List<Event> events = new ArrayList<>();
        for (Campaign campaign : scenario.campaigns()) {
            int size = WholeScenario.called(campaign) ? campaign.audience().size() : 0;
            for (int i = 0; i < size; i++) {
                events.add(new Event(campaign, campaign.audience().get(i).human(), calls * i / size));
            }
        }
        events.sort(Comparator.comparingInt(Event::afterCalls));
        return List.copyOf(events);
    }

    /** Until all are kept. */
    void happen(BooleanSupplier over) throws InterruptedException {
        for (Event event : events) {
            Instant atLatest = Instant.now().plus(LONGEST_PAUSE);
            while (journal.calls() < event.afterCalls && Instant.now().isBefore(atLatest) && !over.getAsBoolean()) {
                Thread.sleep(LOOK);
            }
            Optional<Long> number = kept(event, over);
            if (number.isPresent() && kept.incrementAndGet() % 2 == 0) {
                Optional<Long> again = kept(event, over);
                if (again.isPresent() && !again.equals(number)) {
                    wrongs.add(event.campaign.name() + ": the event of " + event.human + " was kept as number "
                            + number.get() + ", and as number " + again.get() + " when it came again");
                }
            }
        }
    }

    /** How many events the gateway has kept. */
    int kept() {
        return kept.get();
    }

    /** How many calls were in vain. */
    int unanswered() {
        return unanswered.get();
    }

    List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    /** Posts it until it is kept, and answers under which number; empty when the run is over before. */
    private Optional<Long> kept(Event event, BooleanSupplier over) throws InterruptedException {
        while (!over.getAsBoolean()) {
            Optional<Long> number = posted(event);
            if (number.isPresent()) {
                return number;
            }
            unanswered.incrementAndGet();
            Thread.sleep(LOOK);
        }
        return Optional.empty();
    }

    private Optional<Long> posted(Event event) throws InterruptedException {
        try {
            address = Optional.of(address.isPresent() ? address.get() : gateway.get());
            HttpResponse<String> answer = client.send(request(event), BodyHandlers.ofString());
            int status = answer.statusCode();
            if (status / 100 == 2) {
                known.add(event.campaign.name());
                return Optional.of(JSON.readTree(answer.body()).get("event").asLong());
            }
            if (status < 500 && !LATER.contains(status) && !notYetKnown(event.campaign, status)) {
                throw new Refused(
                        event.campaign.name() + ": the gateway refused an event: " + status + " " + answer.body());
            }
        } catch (IOException | IllegalStateException away) {
            // It was killed on purpose, and comes back at another address.
            address = Optional.empty();
        }
        return Optional.empty();
    }

    /** The operator writes a webhook down soon after its campaign is applied: later when it was killed first, as it may be. */
    private boolean notYetKnown(Campaign campaign, int status) {
        return status == UNKNOWN && !known.contains(campaign.name());
    }

    private HttpRequest request(Event event) throws JsonProcessingException {
        return HttpRequest.newBuilder(URI.create(
                        address.orElseThrow() + "/webhook/" + WholeRun.NAMESPACE + "/" + event.campaign.name()))
                .timeout(ANSWERED_WITHIN)
                .header("Authorization", "Bearer " + Manifests.HOOK_TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(
                        Map.of("phone", event.human.phone(), "event_id", "call-" + event.human.id()))))
                .build();
    }

    /** The gateway said that the event is wrong, which none is. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
