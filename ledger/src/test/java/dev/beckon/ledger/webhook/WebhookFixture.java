package dev.beckon.ledger.webhook;

import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.invite.OutcomeLog;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A webhook campaign of one account, its door opened with the operator's rights, events taken in with the gateway's. */
final class WebhookFixture implements AutoCloseable {
    static final String TOKEN = "a-token-of-callers";
    static final String SIGNING_KEY = "a-key-that-callers-sign-with";

    final LedgerFixture fixture = new LedgerFixture();
    final OperatorLedger operator = fixture.database.operatorLedger(fixture.clock);
    final GatewayLedger gateway = fixture.database.gatewayLedger(fixture.keys, fixture.clock);
    final DoorSeal seal = new DoorSeal(fixture.keys);
    final String account = fixture.account();
    final String campaign = LedgerFixture.uid();
    final String name = "hook-" + LedgerFixture.number();

    Door door() {
        return door(Consent.of(Consent.Basis.OptIn), account);
    }

    Door door(Consent consent, String... accounts) {
        return new Door(
                "team",
                name,
                campaign,
                List.of(accounts),
                seal.seal(campaign, Optional.of(TOKEN), Optional.of(SIGNING_KEY)),
                consent,
                Door.DEFAULT_DEDUP_WINDOW,
                Door.DEFAULT_EVENTS_PER_MINUTE);
    }

    /** The same of a cluster, until a deadline. */
    Door door(Optional<Instant> deadline, String cluster) {
        Door it = door();
        return new Door(
                it.namespace(),
                it.name(),
                it.campaignUid(),
                it.accountUids(),
                it.secret(),
                it.consent(),
                it.dedupWindow(),
                it.eventsPerMinute(),
                deadline,
                cluster);
    }

    FoundDoor opened() {
        operator.webhooks().open(door());
        return found();
    }

    FoundDoor found() {
        return find("team", name).orElseThrow();
    }

    Optional<FoundDoor> find(String namespace, String door) {
        return gateway.doors().all().stream()
                .filter(it -> it.namespace().equals(namespace) && it.name().equals(door))
                .findFirst();
    }

    WebhookEvent event(String phone, String eventId) {
        return event(phone, Optional.of(eventId), Consent.Basis.OptIn);
    }

    WebhookEvent event(String phone) {
        return event(phone, Optional.empty(), Consent.Basis.OptIn);
    }

    WebhookEvent event(String phone, Optional<String> eventId, Consent.Basis basis) {
        return new WebhookEvent(
                new Person(Identities.ofPhone(phone), Optional.of("Ann"), Optional.of("de"), Consent.of(basis)),
                eventId,
                Optional.empty(),
                fixture.clock.instant());
    }

    Receipt take(FoundDoor door, WebhookEvent event) {
        return gateway.queue().accept(door, List.of(event)).orElseThrow().getFirst();
    }

    List<OutcomeLog.Row> log() {
        List<OutcomeLog.Row> rows = new ArrayList<>();
        fixture.ledger.outcomes().forEach(campaign, rows::add);
        return rows;
    }

    @Override
    public void close() {
        gateway.close();
        operator.close();
        fixture.close();
    }
}
