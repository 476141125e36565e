package dev.beckon.worker.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.simulator.world.Contact;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.simulator.world.Profile;
import dev.beckon.worker.life.Attribution.Made;
import dev.beckon.worker.life.ContactRules.Reached;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.InviteOrder.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is asked of a world in which a life came to its end. */
record Judgement(Life life, Stage stage, List<Orders> campaigns, List<Made> made) {
    /** Nobody twice, nobody after an opt-out or a deadline, nobody lost, no session used twice. */
    void pass() {
        for (Profile person : stage.world().truth().people()) {
            once(person, How.INVITE);
            once(person, How.MESSAGE);
            ContactRules.wrong(reached(person)).ifPresent(wrong -> {
                throw new AssertionError(person.username() + " was " + wrong);
            });
        }
        assertThat(stage.world().truth().overlaps()).isEmpty();
        for (int campaign = 0; campaign < campaigns.size(); campaign++) {
            ended(campaign);
        }
    }

    private void ended(int campaign) {
        Orders orders = campaigns.get(campaign);
        Optional<Instant> deadline = orders.build().deadline();
        Counts counts = stage.report(orders.campaign()).counts();
        assertThat(counts.total()).isEqualTo(Lives.PEOPLE.length);
        // Whom a campaign did not come to before its deadline is left as they are; nobody is left in flight.
        boolean over = deadline.filter(end -> stage.world().clock().instant().isAfter(end))
                .isPresent();
        long leftAlone = over ? counts.pending() : 0;
        assertThat(counts.done() + counts.unknown() + leftAlone)
                .as("nobody is lost: %s", counts)
                .isEqualTo(counts.total());
        deadline.ifPresent(end -> assertThat(made.stream()
                        .filter(it -> it.campaign() == campaign)
                        .map(Made::contact)
                        .filter(contact -> ContactRules.isInviteOrMessage(contact) && ContactRules.isPast(end, contact))
                        .toList())
                .as("contacted after the campaign's deadline, %s", end)
                .isEmpty());
    }

    private List<Reached> reached(Profile person) {
        Mode[] modes = {life.first().mode(), life.second().mode()};
        return made.stream()
                .filter(made -> made.contact().personId() == person.id())
                // After an opt-out not even a try is made: one that reached nobody was a matter of luck.
                .filter(made -> made.contact().delivered() || made.optedOut())
                .map(made -> new Reached(made.contact(), made.campaign(), modes[made.campaign()], made.optedOut()))
                .toList();
    }

    /** After it reached a person, an act is not even tried on them again: by neither campaign for one chat, by none for its own. */
    private void once(Profile person, How how) {
        for (int chat = 0; chat < life.chats(); chat++) {
            int mine = chat;
            once(
                    person,
                    how,
                    made.stream()
                            .filter(made -> made.campaign() % life.chats() == mine)
                            .map(Made::contact)
                            .filter(contact -> contact.personId() == person.id() && contact.how() == how)
                            .toList());
        }
    }

    private void once(Profile person, How how, List<Contact> contacts) {
        Optional<Contact> reached = Optional.empty();
        for (Contact contact : contacts) {
            if (reached.isPresent() && !isRepeatedByTdlib(contact, reached.get())) {
                throw new AssertionError(how + " again after it reached " + person.username() + ": " + contacts);
            }
            reached = contact.delivered() ? Optional.of(contact) : reached;
        }
    }

    /**
     * After a server error TDLib repeats a call by itself for about a minute, after a lost connection at once; what it meets
     * then reaches nobody.
     */
    private boolean isRepeatedByTdlib(Contact contact, Contact reached) {
        return !contact.delivered()
                && contact.accountId() == reached.accountId()
                && contact.at().isBefore(reached.at().plusSeconds(66))
                && life.faults().stream()
                        .anyMatch(fault ->
                                fault.contains("DoneThenServerError") || fault.contains("DoneThenConnectionDropped"));
    }
}
